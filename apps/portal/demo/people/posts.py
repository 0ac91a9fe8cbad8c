"""What posts an organisation of the demo has: code of the position and of the subject, the head's first."""

from random import Random

from apps.organizations.enums import OrganizationKind
from apps.organizations.models import Organization

Post = tuple[str, str | None]

OF_SCHOOL: list[Post] = [
    ("zamestitel-direktora", None),
    ("zamestitel-direktora", None),
    ("zamestitel-po-ahch", None),
    ("pedagog-psikholog", "psikhologiia"),
    ("sotsialnyi-pedagog", "vospitatelnaia-rabota"),
    ("sovetnik-direktora-po-vospitaniiu-i-vzai", "vospitatelnaia-rabota"),
    ("prepodavatel-organizator-osnov-bezopasno", "osnovy-bezopasnosti-i-zashchity-rodiny"),
    ("pedagog-bibliotekar", None),
    ("sekretar-uchebnoi-chasti", None),
]
SUBJECTS = [
    "nachalnye-klassy",
    "russkii-iazyk",
    "matematika",
    "inostrannyi-iazyk",
    "nachalnye-klassy",
    "fizicheskaia-kultura",
    "istoriia",
    "russkii-iazyk",
    "matematika",
    "nachalnye-klassy",
    "inostrannyi-iazyk",
    "informatika",
    "biologiia",
    "nachalnye-klassy",
    "trud-tekhnologiia",
    "geografiia",
    "obshchestvoznanie",
    "nachalnye-klassy",
    "fizika",
    "khimiia",
    "fizicheskaia-kultura",
    "nachalnye-klassy",
    "russkii-iazyk",
    "inostrannyi-iazyk",
    "matematika",
    "muzyka",
    "izobrazitelnoe-iskusstvo",
    "nachalnye-klassy",
    "literatura",
    "trud-tekhnologiia",
    "istoriia",
]
OF_PRIMARY: list[Post] = [
    ("zamestitel-direktora", None),
    ("pedagog-psikholog", "psikhologiia"),
    ("uchitel-logoped", "logopediia-defektologiia"),
    ("muzykalnyi-rukovoditel", "khudozhestvenno-esteticheskoe-razvitie"),
    ("uchitel", "fizicheskaia-kultura"),
    ("uchitel", "inostrannyi-iazyk"),
    ("starshii-vospitatel", None),
]
OF_KINDERGARTEN: list[Post] = [
    ("starshii-vospitatel", None),
    ("muzykalnyi-rukovoditel", "khudozhestvenno-esteticheskoe-razvitie"),
    ("instruktor-po-fizicheskoi-kulture", "fizicheskoe-razvitie"),
    ("uchitel-logoped", "logopediia-defektologiia"),
    ("pedagog-psikholog", "psikhologiia"),
    ("pomoshchnik-vospitatelia", None),
]
AREAS = ["sotsialno-kommunikativnoe-razvitie", "poznavatelnoe-razvitie", "rechevoe-razvitie"]
OF_ADDITIONAL: list[Post] = [
    ("zamestitel-direktora", None),
    ("zamestitel-direktora", None),
    ("metodist", None),
    ("metodist", None),
    ("pedagog-organizator", "vospitatelnaia-rabota"),
    ("pedagog-organizator", "vospitatelnaia-rabota"),
    ("kontsertmeister", "khudozhestvennaia-napravlennost"),
    ("pedagog-psikholog", "psikhologiia"),
]
DIRECTIONS = [
    "khudozhestvennaia-napravlennost",
    "tekhnicheskaia-napravlennost",
    "sotsialno-gumanitarnaia-napravlennost",
    "estestvenno-nauchnaia-napravlennost",
    "turistsko-kraevedcheskaia-napravlennost",
    "fizkulturno-sportivnaia-napravlennost",
]


def posts_of(organization: Organization, rng: Random) -> list[Post]:
    """Every post of the organisation, the head's first."""
    if organization.kind == OrganizationKind.KINDERGARTEN:
        return _kindergarten(rng)
    if organization.kind == OrganizationKind.ADDITIONAL:
        return _filled(
            [("direktor", None), *OF_ADDITIONAL], "pedagog-dopolnitelnogo-obrazovaniia", DIRECTIONS, 28
        )
    if "basic" not in organization.levels:
        posts = _filled([("direktor", None), *OF_PRIMARY], "uchitel", ["nachalnye-klassy"], 10)
        return _filled(posts, "vospitatel", AREAS, 12)
    more: list[Post] = [("uchitel-logoped", "logopediia-defektologiia")] if rng.random() < 0.5 else []
    return _filled([("direktor", None), *OF_SCHOOL, *more], "uchitel", SUBJECTS, rng.randint(21, 28))


def _kindergarten(rng: Random) -> list[Post]:
    posts: list[Post] = [("zaveduiushchii", None), *OF_KINDERGARTEN]
    if rng.random() < 0.4:
        posts.append(("zamestitel-zaveduiushchego", None))
    return _filled(posts, "vospitatel", AREAS, rng.randint(8, 14))


def _filled(posts: list[Post], code: str, subjects: list[str], number: int) -> list[Post]:
    return posts + [(code, subjects[at % len(subjects)]) for at in range(number)]
