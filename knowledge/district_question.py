"""What a message asks about districts and products, if it does: rules for what is certain.

`parse` reads, `knowledge.district_answer` speaks. A message that has more in it than names and
question words is left to retrieval ("Agra me loan kaise milega" is not a question about Agra's product).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge import districts as district_data
from knowledge.text.gazetteer import AMBIGUOUS, CATEGORY, DISTRICT, OUTSIDE, PRODUCT, SCHEME, Mention
from knowledge.text.normalise import fold
from knowledge.text.skeleton import skeleton

Kind = Literal[
    "products", "makers", "family", "check", "ambiguous", "outside", "count", "list", "division", "own_district"
]


@dataclass(frozen=True)
class DistrictQuestion:
    """`districts`: ids asked about; `term`: the product or category; both may be empty."""

    kind: Kind
    districts: tuple[str, ...] = ()
    term: str = ""


def _sounds(words: str) -> frozenset[str]:
    return frozenset(skeleton(w) for w in words.split())


# Compared by skeleton, so that every spelling in both scripts counts.
_ABOUT_PRODUCTS = _sounds(
    "product products prodact utpad odop kya famous mashhoor mashur prasiddh banta banti bante banaya banai banate "
    "banate hain milta item cheez chij chiz kaam udyog udyam shilp kala craft crafts made make makes making produced "
    "known speciality special listed list chuna chuni selected under odp odopi one ek nishan pahchan pehchan banana "
    "उत्पाद प्रोडक्ट ओडीओपी क्या मशहूर प्रसिद्ध बनता बनती बनते बनाया बनाई बनाते चीज काम उद्योग शिल्प कला चुना एक पहचान"
)
_FILLER = _sounds(
    "ka ki ke ko me mein main se aur and or ya to bhi hi hai h hain he ho the of in for what about is are was which "
    "whats what's kaun kon kaunsa konsa kaunsi konsi kis kiska kiski batao bataiye btao bata do dijiye please plz pls "
    "tell me jila jile zila zile district districts wala wale wali ji sir bhai bhaiya mujhe muje mera apna uska iska "
    "how does do a an my our hum ham hamare hamara yaha yahan kaha kahan na kuch phir fir ab accha achha ok janna "
    "jan jankari chahiye chahie chaiye puchna tha thi the liye kiske it its also name naam konse kaunse sa si "
    "का की के को में से और या तो भी ही है हैं हो कौन कौनसा किस किसका बताओ बताइए बताइये बता दो दीजिए जिला जिले जिलों "
    "वाला वाले वाली जी सर भाई मुझे मेरा अपना उसका इसका क्या कहां यहां कुछ फिर अब अच्छा नाम के लिए जानना जानकारी चाहिए सा सी कौन-सा कोन"
)
_WHERE = _sounds(
    "which where kaha kahan khan kidhar kis kin kaun kon konsa kaunsa kaunse konse jila jile zila zile jilon district "
    "districts कहां किधर किस किन कौन कौनसा कौनसे जिला जिले जिलों जनपद"
)
_MANY = _sounds("how many kitne kitna kitni total up uttar pradesh kul कितने कितना कुल संख्या sankhya number")
_ALL = _sounds("all list sabhi sab saare sare puri poori full complete suchi soochi every सभी सब सारे पूरी सूची लिस्ट हर")
_DISTRICT_WORD = _sounds("district districts jila jile zila zile jilon zilon janpad जिला जिले जिलों जनपद जनपदों")
_DIVISION_WORD = _sounds("mandal division divisions मंडल संभाग")
# With one of these the message is about help, not about what a district makes.
_HELP = _sounds(
    "loan lon rin subsidy sabsidi anudan paisa paise money toolkit kit training form aavedan avedan apply application "
    "dic kendra kendr office daftar phone bank scheme yojana yojna cfc mela stall price rate help madad shikayat "
    "complaint status export niryat fayda labh benefit sell bechna online milega milegi milta "
    "लोन ऋण सब्सिडी अनुदान पैसा पैसे टूलकिट किट ट्रेनिंग प्रशिक्षण फॉर्म आवेदन डीआईसी केंद्र दफ्तर फोन बैंक योजना मेला मदद शिकायत "
    "स्टेटस निर्यात फायदा लाभ बेचना मिलेगा मिलेगी मिलता"
)
_OWN = _sounds("mere mera hamare hamara apne apna my our मेरे मेरा हमारे हमारा अपने अपना humare")


def _rest(text: str, mentions: Sequence[Mention]) -> list[str]:
    """Skeletons of the words outside the mentions."""
    chars = list(text)
    for mention in mentions:
        chars[mention.start : mention.end] = " " * (mention.end - mention.start)
    return [skeleton(w) for w in re.split(r"[^\w\u0900-\u097f]+", fold("".join(chars))) if w]


def _of_kind(mentions: Sequence[Mention], kind: str) -> list[str]:
    return list(dict.fromkeys(m.value for m in mentions if m.kind == kind))


def parse(text: str, mentions: Sequence[Mention], likely: bool = False) -> DistrictQuestion | None:
    """The question about districts in `text`; None when it is about something else.

    `likely`: the intent classifier takes it for such a question, so two unknown words are forgiven.
    """
    rest = [w for w in _rest(text, mentions) if w]
    places = _of_kind(mentions, DISTRICT)
    outside = _of_kind(mentions, OUTSIDE)
    terms = _of_kind(mentions, PRODUCT)
    categories = _of_kind(mentions, CATEGORY)
    unknown = [w for w in rest if w not in _ABOUT_PRODUCTS | _FILLER | _WHERE | _MANY | _ALL | _DIVISION_WORD | _OWN]
    words = set(rest)
    if len(unknown) > (2 if likely else 0) or words & _HELP or _of_kind(mentions, SCHEME):
        return None
    if outside and not places and (words & _ABOUT_PRODUCTS or likely or not unknown):
        return DistrictQuestion("outside", tuple(outside))
    if places:
        return _about_places(places, terms, words, likely or not unknown)
    return _about_products(words, terms, categories, likely)


def _about_places(places: list[str], terms: list[str], words: set[str], sure: bool) -> DistrictQuestion | None:
    if not sure:
        return None
    open_names = [p for p in places if p in AMBIGUOUS]
    if open_names:
        return DistrictQuestion("ambiguous", AMBIGUOUS[open_names[0]], open_names[0])
    if words & _DIVISION_WORD:
        return DistrictQuestion("division", tuple(places))
    if terms and len(places) == 1:
        return DistrictQuestion("check", tuple(places), terms[0])
    return DistrictQuestion("products", tuple(places))


def _about_products(words: set[str], terms: list[str], categories: list[str], likely: bool) -> DistrictQuestion | None:
    asks_where = bool(words & _WHERE)
    if terms and (asks_where or likely or not words):
        return DistrictQuestion("makers", _all_makers(terms), terms[0])
    if categories and (asks_where or likely):
        return DistrictQuestion("family", district_data.load().in_category(categories[0]), categories[0])
    if words & _OWN and words & _DISTRICT_WORD and words & _ABOUT_PRODUCTS:
        return DistrictQuestion("own_district")
    if words & _DISTRICT_WORD and words & _MANY:
        return DistrictQuestion("count")
    if words & _DISTRICT_WORD and words & _ALL:
        return DistrictQuestion("list")
    return None


def _all_makers(terms: list[str]) -> tuple[str, ...]:
    data = district_data.load()
    return tuple(d for d in data.by_id if any(d in data.makers_of(term) for term in terms))
