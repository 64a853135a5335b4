"""What the assistant knows: texts, gazetteers, entries and retrieval. No web and no Rasa in here."""
