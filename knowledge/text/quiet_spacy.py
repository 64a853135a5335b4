"""spaCy without the neural libraries it would load if they are installed: we use its tokens and matcher only.

With PyTorch in the same environment (tests, benchmarks) importing spaCy would take 0.2 GB and seconds more.
"""

import sys

_NEURAL = [name for name in ("torch", "tensorflow", "mxnet") if name not in sys.modules]

for _name in _NEURAL:
    sys.modules[_name] = None  # type: ignore[assignment]  # Python's own mark for "cannot be imported"
try:
    import spacy as spacy
    from spacy.matcher import PhraseMatcher as PhraseMatcher
    from spacy.tokens import Doc as Doc
    from spacy.tokens import Span as Span
    from spacy.util import filter_spans as filter_spans
finally:
    for _name in _NEURAL:
        del sys.modules[_name]
