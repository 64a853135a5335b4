"""Names of the slots in domain.yml."""

PREFERRED_LANGUAGE = "preferred_language"
DISTRICT = "district"
ENTRY = "entry"
TASK = "task"
REQUESTED = "requested_slot"  # Rasa's own: None ends the form
