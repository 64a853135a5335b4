"""What a message asks about districts, and that a message about anything else is left alone."""

import pytest
from any_text import any_text
from hypothesis import given

from knowledge import districts as district_data
from knowledge.district_question import DistrictQuestion, parse
from knowledge.text.gazetteer import Gazetteer

DISTRICTS = district_data.load()
_GAZETTEER = Gazetteer.load()


def ask(text: str, likely: bool = False) -> DistrictQuestion | None:
    return parse(text, _GAZETTEER.find(text), likely)


@pytest.mark.parametrize("district", DISTRICTS.by_id)
@pytest.mark.parametrize(
    "frame", ["{en} ka product kya hai", "What is the ODOP product of {en}?", "{hi} का उत्पाद क्या है"]
)
def test_the_product_of_every_district_can_be_asked_for(frame: str, district: str) -> None:
    text = frame.format(**DISTRICTS.by_id[district].name)
    assert ask(text) == DistrictQuestion("products", (district,))


@pytest.mark.parametrize(
    ("text", "districts"),
    [
        ("Agra", ("agra",)),
        ("आगरा", ("agra",)),
        ("agra me kya banta hai", ("agra",)),
        ("आगरा में क्या बनता है?", ("agra",)),
        ("What does Moradabad make?", ("moradabad",)),
        ("मुरादाबाद किस लिए मशहूर है", ("moradabad",)),
        ("what is Bhadohi known for", ("bhadohi",)),
        ("kannauj famous kis cheez ke liye hai", ("kannauj",)),
        ("लखनऊ का ओडीओपी बताइए", ("lucknow",)),
        ("Noida ka product kya hai", ("gautam-buddh-nagar",)),
        ("इलाहाबाद में क्या बनता है", ("prayagraj",)),
        ("Faizabad ka utpad", ("ayodhya",)),
        ("jhansi ka odop btao bhai plz", ("jhansi",)),
        # several
        ("Agra aur Mathura ka product", ("agra", "mathura")),
        ("what are the products of Agra, Jhansi and Banda?", ("agra", "jhansi", "banda")),
        ("आगरा और मथुरा का उत्पाद बताओ", ("agra", "mathura")),
        ("Varanasi, Bhadohi", ("varanasi", "bhadohi")),
        # follow-ups
        ("और आगरा का?", ("agra",)),
        ("aur Jhansi ka", ("jhansi",)),
        ("and Meerut?", ("meerut",)),
        ("what about Meerut", ("meerut",)),
        ("और वाराणसी?", ("varanasi",)),
        ("phir Etah?", ("etah",)),
        ("Meerut ka bhi batao", ("meerut",)),
    ],
)
def test_a_district_with_question_words_asks_for_its_product(text: str, districts: tuple[str, ...]) -> None:
    assert ask(text) == DistrictQuestion("products", districts)


@pytest.mark.parametrize(
    ("text", "makers"),
    [
        ("which district makes zari zardozi", {"bareilly", "unnao"}),
        ("zari zardozi kaha banti hai", {"bareilly", "unnao"}),
        ("ज़री ज़रदोज़ी किस जिले में बनती है", {"bareilly", "unnao"}),
        ("where is chikankari made", {"lucknow"}),
        ("चिकनकारी कहाँ बनती है?", {"lucknow"}),
        ("moonj ka kaam kaha hota hai", {"amethi", "prayagraj", "sultanpur"}),
        ("कालीन कौन से जिले में बनता है", {"bhadohi", "mirzapur", "sitapur", "sonbhadra"}),
        ("ताला कहाँ बनता है", {"aligarh"}),
        ("kala namak chawal kis zile ka hai", {"siddharthnagar"}),
        ("chikankari", {"lucknow"}),
        ("which district makes chanderi", {"lalitpur"}),
        ("चंदेरी किस जिले में बनती है", {"lalitpur"}),
    ],
)
def test_a_product_with_a_question_where_asks_for_its_makers(text: str, makers: set[str]) -> None:
    found = ask(text)
    assert found is not None
    assert found.kind == "makers"
    assert makers <= set(found.districts)


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("which district is famous for locks", "aligarh"),
        ("which district makes carpets", "bhadohi"),
        ("where are glass bangles made", "firozabad"),
        ("which district makes wooden toys", "varanasi"),
        ("which district makes banarasi sarees", "varanasi"),
    ],
)
def test_a_product_in_the_plural_is_the_same_product(text: str, maker: str) -> None:
    found = ask(text)
    assert found is not None
    assert found.kind == "makers"
    assert maker in found.districts


def test_all_makers_are_named_in_alphabetical_order() -> None:
    found = ask("which district makes zari zardozi")
    assert found is not None
    assert found.districts == tuple(d for d in DISTRICTS.by_id if d in found.districts)
    assert set(found.districts) == set(DISTRICTS.makers_of("zari zardozi"))


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("food processing wale jile", "food_processing"),
        ("खाद्य प्रसंस्करण वाले जिले", "food_processing"),
        ("textile wale district kaun se hain", "textile"),
        ("लकड़ी वाले जिले बताओ", "wood"),
        ("wooden products in which districts", "wood"),
        ("Which districts make leather products", "leather"),
        ("चमड़े वाले जिले", "leather"),
        ("handicraft districts list", "handicraft"),
        ("dhatu wale zile", "metal"),
    ],
)
def test_a_family_of_products_asks_for_its_districts(text: str, family: str) -> None:
    found = ask(text)
    assert found == DistrictQuestion("family", DISTRICTS.in_category(family), family)


@pytest.mark.parametrize(
    "text",
    ["kitne jile hai", "how many districts are there in ODOP", "कितने जिले हैं", "UP me total kitne zile hain",
     "odop me kitne district hai", "कुल कितने जनपद हैं"],
)  # fmt: skip
def test_how_many_districts_is_a_count(text: str) -> None:
    assert ask(text) == DistrictQuestion("count")


@pytest.mark.parametrize(
    "text",
    ["sabhi jilo ki list", "list of all districts", "सभी जिलों की सूची", "all districts list do", "सारे जिले बताओ",
     "poori list zilon ki"],
)  # fmt: skip
def test_all_districts_is_a_list(text: str) -> None:
    assert ask(text) == DistrictQuestion("list")


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("jhansi mandal ke jile", "jhansi"),
        ("झांसी मंडल के जिले", "jhansi"),
        ("Agra division districts", "agra"),
        ("which districts are in Meerut division", "meerut"),
        ("वाराणसी मंडल में कौन कौन से जिले हैं", "varanasi"),
    ],
)
def test_a_division_is_asked_for_by_its_seat(text: str, district: str) -> None:
    assert ask(text) == DistrictQuestion("division", (district,))


@pytest.mark.parametrize("division", DISTRICTS.divisions)
def test_every_division_can_be_asked_for_by_its_name_in_both_scripts(division: str) -> None:
    names = DISTRICTS.divisions[division]
    for text in (f"{names['en'].split(' (')[0]} mandal ke jile", f"{names['hi'].split(' (')[0]} मंडल के जिले"):
        found = ask(text)
        assert found is not None, text
        assert found.kind == "division", text
        assert {DISTRICTS.by_id[d].division for d in found.districts} == {division}


@pytest.mark.parametrize(
    "text",
    ["mere jile ka product kya hai", "मेरे जिले का उत्पाद क्या है", "what is my district's product",
     "mera jila ka product batao", "हमारे जिले में क्या बनता है", "hamare zile ka odop kya hai"],
)  # fmt: skip
def test_the_users_own_district_has_to_be_asked_for(text: str) -> None:
    assert ask(text) == DistrictQuestion("own_district")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Delhi ka product kya hai", "delhi"),
        ("दिल्ली का उत्पाद क्या है", "delhi"),
        ("what is the product of Jaipur", "jaipur"),
        ("Patna me kya banta hai", "patna"),
        ("और मुंबई का?", "mumbai"),
        ("Mumbai", "mumbai"),
    ],
)
def test_a_place_outside_the_state_is_recognised_as_such(text: str, place: str) -> None:
    assert ask(text) == DistrictQuestion("outside", (place,))


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Kanpur ka product", ("kanpur-nagar", "kanpur-dehat")),
        ("कानपुर का उत्पाद", ("kanpur-nagar", "kanpur-dehat")),
        ("and Kanpur?", ("kanpur-nagar", "kanpur-dehat")),
        ("और कानपुर?", ("kanpur-nagar", "kanpur-dehat")),
        ("Akbarpur ka product", ("ambedkar-nagar", "kanpur-dehat")),
        ("अकबरपुर का उत्पाद", ("ambedkar-nagar", "kanpur-dehat")),
    ],
)
def test_a_name_two_districts_share_is_asked_about(text: str, candidates: tuple[str, ...]) -> None:
    found = ask(text)
    assert found is not None
    assert (found.kind, found.districts) == ("ambiguous", candidates)


@pytest.mark.parametrize("text", ["kanpur nagar ka product", "कानपुर नगर का उत्पाद", "product of Kanpur Nagar"])
def test_the_full_name_of_a_shared_one_is_answered(text: str) -> None:
    assert ask(text) == DistrictQuestion("products", ("kanpur-nagar",))


@pytest.mark.parametrize(
    ("text", "district", "listed"),
    [
        ("is chikankari listed in Lucknow", "lucknow", True),
        ("क्या लखनऊ में चिकनकारी है", "lucknow", True),
        ("kya Varanasi me silk banta hai", "varanasi", True),
        ("is brass made in Banda", "banda", False),
        ("kya Meerut me carpet hai", "meerut", False),
        ("क्या मेरठ में कालीन बनता है", "meerut", False),
        ("kya Agra me leather banta hai", "agra", True),
        ("is leather made in Lucknow", "lucknow", False),
    ],
)
def test_whether_a_district_has_a_product_can_be_checked(text: str, district: str, listed: bool) -> None:
    found = ask(text)
    assert found is not None
    assert (found.kind, found.districts) == ("check", (district,))
    assert (district in DISTRICTS.makers_of(found.term)) is listed


@pytest.mark.parametrize(
    "text",
    ["which districts do metal work", "which districts have food processing", "कुल कितने जिले शामिल हैं"],
)
def test_a_word_we_do_not_know_is_forgiven_when_the_classifier_is_sure(text: str) -> None:
    assert ask(text, likely=True) is not None


ABOUT_HELP = """
Agra me loan kaise milega | आगरा में लोन कैसे मिलेगा | how do I get a loan in Agra
Banda ka DIC kahan hai | बांदा का डीआईसी कहाँ है | where is the DIC office in Jhansi
chikankari ke liye training kab hogi | चिकनकारी की ट्रेनिंग कब होगी | when is training for chikankari
Varanasi me form kaha bhare | वाराणसी में फॉर्म कहाँ भरें | where to submit the form in Varanasi
zari karigar ko toolkit milega kya | ज़री कारीगर को टूलकिट मिलेगी क्या | do zari workers get a toolkit
Moradabad ke peetal ke liye subsidy | मुरादाबाद में पीतल पर कितनी सब्सिडी है | subsidy for brass work in Moradabad
Kanpur me CFC hai kya | कानपुर में सीएफसी है क्या | is there a CFC in Kanpur
Lucknow DIC ka phone number | लखनऊ डीआईसी का फोन नंबर | phone number of DIC Lucknow
moonj ka kaam karti hu loan milega | मूंज का काम करती हूँ, पैसा मिलेगा क्या | I make moonj baskets, can I get a loan
Ghaziabad bank ne mana kar diya | ग़ाज़ियाबाद के बैंक ने मना कर दिया | my bank in Ghaziabad refused my loan
Meerut me mela kab lagega | मेरठ में मेला कब लगेगा | when is the fair in Meerut
chamda udyog ke liye kitna paisa milta hai | चमड़े के काम के लिए कितना पैसा मिलता है | how much money for leather work
"""


@pytest.mark.parametrize("likely", [False, True])
@pytest.mark.parametrize("text", [t.strip() for t in ABOUT_HELP.replace("\n", "|").split("|") if t.strip()])
def test_help_in_a_district_or_for_a_product_is_no_question_about_districts(text: str, likely: bool) -> None:
    assert ask(text, likely) is None


@pytest.mark.parametrize(
    "text",
    ["ODOP kya hai", "ओडीओपी क्या है", "what is ODOP", "one district one product kya hai", "एक जिला एक उत्पाद क्या है",
     "what is one district one product", "hello", "kya", "aur batao", "kaun kaun", "1", "", "?",
     "ho gaya kya", "ab kya ho gaya", "puri list kya hai", "meri patni ka kya", "मेरी पत्नी का क्या", "patni ke naam se",
     "har do saal me kya", "ye kya hai", "kitne log hai"],
)  # fmt: skip
def test_a_message_without_a_district_or_product_asks_for_none(text: str) -> None:
    assert ask(text) is None


@pytest.mark.parametrize("text", ["ho gaya kya", "mana kar diya gaya", "meri patni ka kya", "ab kya ho gaya"])
def test_no_district_is_made_up_even_when_the_classifier_is_sure(text: str) -> None:
    assert ask(text, likely=True) is None


@given(any_text)
def test_any_text_can_be_read_and_names_only_known_districts(text: str) -> None:
    found = ask(text, likely=True)
    if found and found.kind != "outside":
        assert set(found.districts) <= set(DISTRICTS.by_id)


@pytest.mark.parametrize(
    "text",
    [
        "हम बाँसुरी बनाते हैं पीलीभीत में बाँस महंगा हो गया सरकार बाँस दिलवाती है क्या",
        "टांडा का गमछा लुंगी बनाते हैं ओएनडीसी का नाम सुना है वो क्या बला है",
        "moradabad brass craft under odop how much exprt n sale figurs",
    ],
)
def test_who_says_what_they_make_and_where_asks_about_something_else(text: str) -> None:
    assert ask(text) is None
    assert parse(text, _GAZETTEER.find(text), loose=True) is None


def test_two_places_in_a_story_are_asked_about_where_no_entry_answers() -> None:
    text = "Fair enough. Then tell me what is the thing for Hamirpur and for Mahoba, my son-in-law is posted there."
    assert parse(text, _GAZETTEER.find(text), loose=True) == DistrictQuestion("products", ("hamirpur", "mahoba"))


@pytest.mark.parametrize("text", ["when is the next one in Lucknow", "Lucknow me agla kab hai", "लखनऊ में कब"])
def test_asking_when_is_no_question_about_a_product(text: str) -> None:
    assert ask(text, likely=True) is None
