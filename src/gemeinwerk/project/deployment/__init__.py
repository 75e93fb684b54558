"""Is this installation fit for real people? (Betriebsbereitschaft): facts, each with a sentence.

`gemeinwerk check --deploy` shows them; `gemeinwerk serve` refuses to start in production while
one of them is weak (S98).
"""

from gemeinwerk.project.deployment.facts import Fact, State
from gemeinwerk.project.deployment.looking import all_facts

__all__ = ["Fact", "State", "all_facts"]
