def told(form) -> dict:
    """The sentences of a form, by field."""
    return {name: list(sentences) for name, sentences in form.errors.items()}
