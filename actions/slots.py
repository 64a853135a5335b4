"""Names of the slots in domain.yml."""

PREFERRED_LANGUAGE = "preferred_language"
DISTRICT = "district"
ENTRY = "entry"
