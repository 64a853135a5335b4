"""Public data sets beside published figures: HINT3 (intents) and XQuAD-R (sentences that answer a question)."""
