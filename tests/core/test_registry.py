from dataclasses import dataclass

import pytest

from apps.core.registry import Registry


@dataclass(frozen=True)
class Entry:
    key: str
    order: int = 0
    note: str = ""

    def allowed(self, actor: str) -> bool:
        return actor == self.note


def test_entries_go_by_order_and_then_by_key():
    registry: Registry[Entry] = Registry("examples")
    for entry in (Entry("b", 2), Entry("c", 1), Entry("a", 2)):
        registry.register(entry)

    assert list(registry) == ["c", "a", "b"]
    assert [entry.key for entry in registry.values()] == ["c", "a", "b"]


def test_the_same_entry_twice_is_one_entry():
    registry: Registry[Entry] = Registry("examples")
    registry.register(Entry("a", 1))
    registry.register(Entry("a", 1))

    assert len(registry) == 1


def test_another_entry_under_a_taken_key_is_refused():
    registry: Registry[Entry] = Registry("examples")
    registry.register(Entry("a", 1))

    with pytest.raises(ValueError, match="examples: the key 'a' is taken"):
        registry.register(Entry("a", 2))
    assert registry["a"] == Entry("a", 1)


def test_only_what_is_allowed_is_given():
    registry: Registry[Entry] = Registry("examples")
    registry.register(Entry("a", note="head"))
    registry.register(Entry("b", note="methodist"))

    assert registry.allowed("methodist") == [Entry("b", note="methodist")]


def test_an_unknown_key_is_not_there():
    assert Registry("examples").get("a") is None
