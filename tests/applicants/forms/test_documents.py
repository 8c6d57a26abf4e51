import pytest

from applicants.forms import CropForm, UploadForm
from applicants.uploads import UploadProblem
from tests.applicants.forms.told import told


def test_a_file_that_was_not_taken_says_why_in_its_own_words():
    def refuse(file):
        raise UploadProblem("missing")

    form = UploadForm({}, {}, clean_with=refuse, accept="image/png", longest_side=900)

    assert told(form) == {"file": ["Choose a file first."]}
    assert form.fields["file"].widget.attrs["accept"] == "image/png"
    assert form.fields["file"].widget.attrs["data-shrink"] == 900


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"zoom": "99"}, ["zoom"]),
        ({"zoom": "301"}, ["zoom"]),
        ({"x": "-1"}, ["x"]),
        ({"y": "101"}, ["y"]),
        ({"x": "a"}, ["x"]),
        ({}, []),
    ],
)
def test_sliders_stay_on_their_rails(answers, wrong):
    form = CropForm({"zoom": "100", "x": "0", "y": "100", **answers})

    assert list(form.errors) == wrong
