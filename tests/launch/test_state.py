import os

from imo_portal.launch.state import Instance


def test_one_instance_at_a_time(tmp_path):
    first, second = Instance(tmp_path), Instance(tmp_path)
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_note_tells_who_runs(tmp_path):
    instance = Instance(tmp_path)
    assert instance.note() == {}
    instance.write_note(address="http://127.0.0.1:8000/", parts=[])
    assert instance.note() == {"pid": os.getpid(), "address": "http://127.0.0.1:8000/", "parts": []}
    instance.release()
    assert instance.note() == {}


def test_strangers_are_left_alone(tmp_path):
    """The numbers of a killed instance may be borne by other programs now."""
    instance = Instance(tmp_path)
    instance.write_note(address="", parts=[1, 2**22 + 1])
    instance.clear_leftovers(seconds=0.1)
    os.kill(os.getpid(), 0)
