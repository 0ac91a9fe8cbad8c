"""Pairs of cards that may be one person: found by the database in one pass over the city's people.

Signs: the same name and birth date; the same birth date, name and patronymic under another surname; in one
organisation (or with one birth date) names a letter apart, initials instead of names, a double surname. Two
cards never bear one СНИЛС: the database refuses the second.
"""

from dataclasses import dataclass

from django.db import connection

from apps.teachers.models import Person

SIGNS = {
    "same": "одинаковые ФИО и дата рождения",
    "namesake": "одинаковые ФИО в одной организации",
    "letter": "ФИО отличаются одной буквой",
    "initials": "вместо имени инициал",
    "double": "двойная фамилия",
    "maiden": "другая фамилия, остальное совпадает",
}
MOST = 1000

# A name without its n-th letter: two names a letter apart share one such rest, so they meet in a hash join.
PAIRS = """
WITH one AS (
    SELECT p.id, p.surname_key, p.first_key, p.name_key, p.birth_on,
           replace(lower(p.middle_name), 'ё', 'е') AS middle_key, s.organization_id
    FROM teachers_person p
    LEFT JOIN teachers_standing s ON s.person_id = p.id
    WHERE p.merged_into_id IS NULL AND p.erased_on IS NULL
),
place AS (SELECT DISTINCT person_id AS id, organization_id FROM teachers_employment),
rest AS (
    SELECT one.id, left(one.name_key, at - 1) || substr(one.name_key, at + 1) AS text
    FROM one, generate_series(1, length(one.name_key)) AS at
    UNION ALL
    SELECT one.id, one.name_key FROM one
),
near AS (
    SELECT a.id AS first_id, b.id AS second_id, 'letter' AS sign
    FROM rest a JOIN rest b ON a.text = b.text AND a.id < b.id
    UNION
    SELECT a.id, b.id, 'same' FROM one a JOIN one b ON a.name_key = b.name_key AND a.id < b.id
    UNION
    SELECT a.id, b.id, 'maiden'
    FROM one a JOIN one b ON a.birth_on = b.birth_on AND a.first_key = b.first_key
         AND a.middle_key = b.middle_key AND a.surname_key <> b.surname_key AND a.id < b.id
    UNION
    SELECT least(a.id, b.id), greatest(a.id, b.id), 'initials'
    FROM one a JOIN one b ON a.surname_key = b.surname_key AND a.id <> b.id
         AND length(rtrim(a.first_key, '.')) = 1 AND left(b.first_key, 1) = left(a.first_key, 1)
         AND (a.middle_key = '' OR b.middle_key = '' OR left(a.middle_key, 1) = left(b.middle_key, 1))
    UNION
    SELECT least(a.id, b.id), greatest(a.id, b.id), 'double'
    FROM one a JOIN one b ON a.first_key = b.first_key AND a.middle_key = b.middle_key AND a.id <> b.id
         AND a.surname_key LIKE '%%-%%' AND b.surname_key = ANY (string_to_array(a.surname_key, '-'))
),
judged AS (
    SELECT near.first_id, near.second_id,
           CASE WHEN near.sign = 'same' AND (a.birth_on IS NULL OR b.birth_on IS NULL) THEN 'namesake'
                ELSE near.sign END AS sign,
           a.birth_on = b.birth_on AS is_one_birth,
           EXISTS (
               SELECT FROM place x JOIN place y ON x.organization_id = y.organization_id
               WHERE x.id = a.id AND y.id = b.id
           ) AS is_one_place
    FROM near
    JOIN one a ON a.id = near.first_id
    JOIN one b ON b.id = near.second_id
    WHERE a.birth_on IS NULL OR b.birth_on IS NULL OR a.birth_on = b.birth_on
)
SELECT first_id, second_id, (%(signs)s::text[])[min(array_position(%(signs)s::text[], sign))] AS sign
FROM judged
WHERE (is_one_birth OR is_one_place)
  AND NOT EXISTS (
      SELECT FROM teachers_notsame n WHERE n.first_id = judged.first_id AND n.second_id = judged.second_id
  )
GROUP BY first_id, second_id
ORDER BY min(array_position(%(signs)s::text[], sign)), first_id, second_id
LIMIT %(most)s
"""


@dataclass(frozen=True)
class Pair:
    """Two cards and why they look like one person; the card with more rows is proposed to stay first."""

    first: Person
    second: Person
    sign: str

    @property
    def title(self) -> str:
        return SIGNS[self.sign]


def candidates() -> list[tuple[int, int, str]]:
    """Numbers of both cards, the smaller first, and the strongest sign; at most a thousand pairs."""
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"signs": list(SIGNS), "most": MOST})
        return cursor.fetchall()


def pairs(rows: list[tuple[int, int, str]]) -> list[Pair]:
    """The cards of the pairs with what a list shows of them, in two queries whatever their number."""
    numbers = {pk for first, second, _ in rows for pk in (first, second)}
    people = Person.objects.select_related("standing__organization", "standing__position").in_bulk(numbers)
    return [Pair(people[first], people[second], sign) for first, second, sign in rows]
