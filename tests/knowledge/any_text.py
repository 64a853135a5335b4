"""Texts for property tests: any Unicode, and often what breaks text handling."""

from hypothesis import strategies as st

# Signs, joiners, marks and spaces that combine with each other in surprising ways.
TROUBLE = (
    "अआइईकखगजडढतनपफबमरलवशसह़्ािीुूेैोौंँॉृ०१२३९।॥ऽॐ₹"
    "\u200b\u200c\u200d\u200e\u202e\u2066\ufeff\u00ad\u0301\u0308\u0323\u093c\u0340\u1161\u3099"
    "\x00\x07\x1b\x7f\x85\t\n\r \u00a0\u2003\u2028\u3000"
    "aAbBzZéÉßİıſKﬁ０９٣۴½²ªâ_-'’\"/{}[]()😀👍🏽🇮🇳\ue000\U000e0041\U000f0000"
)

trouble = st.text(st.sampled_from(TROUBLE), max_size=25)
any_text = st.one_of(st.text(max_size=40), trouble, st.builds(lambda a, b: f"{a} {b}", st.text(max_size=15), trouble))
