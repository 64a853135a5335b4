"""`python extra.py bot`: the requirements of one extra of pyproject.toml, one a line, for a container's build."""

import re
import sys
from pathlib import Path

project = Path("pyproject.toml").read_text(encoding="utf-8")
lines = re.search(rf"^{sys.argv[1]} = \[[^\n]*$(.*?)^\]$", project, re.MULTILINE | re.DOTALL)
if lines is None:
    sys.exit(f"pyproject.toml has no extra named {sys.argv[1]}.")
print("\n".join(re.findall(r'^\s*"([^"]+)"', lines.group(1), re.MULTILINE)))
