from services.cardpress.apps import libraries_are_there


def test_a_missing_library_is_one_sentence_with_the_command_that_installs_it():
    (error,) = libraries_are_there(None, libraries=["libno-such-thing.so.0"])

    assert "libno-such-thing.so.0 is not installed: sudo apt install" in error.msg
    assert "\n" not in error.msg


def test_nothing_is_said_where_the_libraries_are():
    assert libraries_are_there(None) == []
