"""The few words a channel adds to an answer, all languages side by side."""

from channels.models import Language

Words = dict[Language, str]

SOURCE: Words = {"hi": "स्रोत", "hi-Latn": "Source", "en": "Source"}
CHOOSE: Words = {
    "hi": "चुनने के लिए नंबर भेजें:",
    "hi-Latn": "Chunne ke liye number bhejein:",
    "en": "Reply with a number:",
}
OPEN_LIST: Words = {"hi": "विकल्प देखें", "hi-Latn": "Vikalp dekhein", "en": "See the choices"}
SAY: Words = {
    "hi": "{title}, इसके लिए {number} कहें।",
    "hi-Latn": "{title}, iske liye {number} kahein.",
    "en": "For {title}, say {number}.",
}
WEBSITE: Words = {"hi": "सरकारी वेबसाइट", "hi-Latn": "sarkari website", "en": "the official website"}
EMAIL: Words = {"hi": "ईमेल", "hi-Latn": "email", "en": "e-mail"}

OR: Words = {"hi": "या", "hi-Latn": "ya", "en": "or"}
AND: Words = {"hi": "और", "hi-Latn": "aur", "en": "and"}
TO: Words = {"hi": "से", "hi-Latn": "se", "en": "to"}
PERCENT: Words = {"hi": "प्रतिशत", "hi-Latn": "pratishat", "en": "percent"}
RUPEES: Words = {"hi": "रुपये", "hi-Latn": "rupaye", "en": "rupees"}
THOUSAND: Words = {"hi": "हज़ार", "hi-Latn": "hazaar", "en": "thousand"}
LAKH: Words = {"hi": "लाख", "hi-Latn": "lakh", "en": "lakh"}
CRORE: Words = {"hi": "करोड़", "hi-Latn": "crore", "en": "crore"}

DIGITS: dict[Language, tuple[str, ...]] = {
    "hi": ("शून्य", "एक", "दो", "तीन", "चार", "पाँच", "छह", "सात", "आठ", "नौ"),
    "hi-Latn": ("shunya", "ek", "do", "teen", "chaar", "paanch", "chhah", "saat", "aath", "nau"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}

_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_HINDI_MONTHS = (
    "जनवरी",
    "फ़रवरी",
    "मार्च",
    "अप्रैल",
    "मई",
    "जून",
    "जुलाई",
    "अगस्त",
    "सितंबर",
    "अक्टूबर",
    "नवंबर",
    "दिसंबर",
)
MONTHS: dict[Language, tuple[str, ...]] = {
    "hi": _HINDI_MONTHS,
    "hi-Latn": _ENGLISH_MONTHS,
    "en": _ENGLISH_MONTHS,
}
