"""Marks by which two services know the same person again."""

from regulation.proofs import proof_marks


def test_the_same_is_known_again_under_its_name_and_key_alone():
    told = proof_marks("key", {"id_number": "001190000017", "phone": None})
    assert len(told) == 1
    assert told == proof_marks("key", {"id_number": "001190000017", "email": ""})
    assert told.isdisjoint(proof_marks("key", {"phone": "001190000017"}))
    assert told.isdisjoint(proof_marks("other", {"id_number": "001190000017"}))
    assert "001190000017" not in str(told)


def test_without_a_key_nothing_is_marked():
    assert proof_marks("", {"id_number": "001190000017"}) == frozenset()
