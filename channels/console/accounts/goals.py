"""Where a login leads."""


def own(goal: str) -> str:
    """An address of the console: never another site's, nor a line of a header."""
    is_own = goal.startswith("/console/") and "//" not in goal and "\\" not in goal and goal.isprintable()
    return goal if is_own else "/console/"
