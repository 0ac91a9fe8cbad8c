"""Small forms for tests of relations: a table of numbers by codes of rows and columns."""

from apps.monitoring.definition import CompiledForm, compile_form, load


def table(rows: str, columns: str, **extra: object) -> dict:
    """A coded table; `rows` and `columns` are codes separated by blanks."""
    return {
        "type": "table",
        "columns": [{"code": code, "title": f"Графа {code}"} for code in columns.split()],
        "rows": [{"code": code, "title": f"Строка {code}"} for code in rows.split()],
        **extra,
    }


def section(code: str, *items: dict, **extra: object) -> dict:
    return {"code": code, "title": f"Раздел {code}", "items": list(items), **extra}


def document(*sections: dict, relations: list | None = None, **extra: object) -> dict:
    return {
        "schema": "imo-form/1",
        "code": "test",
        "title": "Проба",
        "sections": list(sections),
        "relations": relations or [],
        **extra,
    }


def rule(text: str, section: str = "2", **extra: object) -> dict:
    return (
        {"code": "K", "section": section, "text": text, **extra}
        if section
        else {"code": "K", "text": text, **extra}
    )


def compiled(
    *sections: dict, relations: list | None = None, branches: tuple = (), **extra: object
) -> CompiledForm:
    return compile_form(load(document(*sections, relations=relations, **extra)), branches)


def failures(form: CompiledForm, values: dict[str, str], **sources: object) -> list[str]:
    """Keys of the violated instances, without the code of the relation."""
    return [one.instance.partition(":")[2] for one in form.check(values, **sources)]


def cells(section: str, rows: dict[str, dict[str, object]]) -> dict[str, str]:
    """{"101": {"3": 5}} → {"2/101/3": "5"}."""
    return {
        f"{section}/{row}/{column}": str(value)
        for row, columns in rows.items()
        for column, value in columns.items()
    }
