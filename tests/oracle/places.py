"""Places and their support: the sheet on provinces as a table, read without the Rust code or the rule files.

Section 2 of the sheet gives the names, sections 4 and 5 the policies. Rows whose percentage is not known have no share
here. Groups are those of premium.py.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache

# code, place, alias list, what it took in on 2025-07-01 (each with aliases)
NAMES = """
01 Hà Nội (HN, Hanoi)
04 Cao Bằng
08 Tuyên Quang + Hà Giang
11 Điện Biên
12 Lai Châu
14 Sơn La
15 Lào Cai + Yên Bái
19 Thái Nguyên + Bắc Kạn
20 Lạng Sơn
22 Quảng Ninh
24 Bắc Ninh + Bắc Giang
25 Phú Thọ + Vĩnh Phúc + Hòa Bình
31 Hải Phòng + Hải Dương
33 Hưng Yên + Thái Bình
37 Ninh Bình + Hà Nam + Nam Định
38 Thanh Hóa
40 Nghệ An
42 Hà Tĩnh
44 Quảng Trị + Quảng Bình
46 Huế (Thừa Thiên Huế, Thừa Thiên - Huế)
48 Đà Nẵng + Quảng Nam
51 Quảng Ngãi + Kon Tum
52 Gia Lai + Bình Định
56 Khánh Hòa + Ninh Thuận
66 Đắk Lắk + Phú Yên
68 Lâm Đồng + Đắk Nông + Bình Thuận
75 Đồng Nai + Bình Phước
79 Hồ Chí Minh (TP.HCM, TPHCM, HCM, HCMC, Sài Gòn) + Bà Rịa - Vũng Tàu (BR-VT) + Bình Dương
80 Tây Ninh + Long An
82 Đồng Tháp + Tiền Giang
86 Vĩnh Long + Bến Tre + Trà Vinh
91 An Giang + Kiên Giang
92 Cần Thơ + Sóc Trăng + Hậu Giang
96 Cà Mau + Bạc Liêu
"""

HOME = "household individual"
SELF = "household charity-resident unpaid-leave individual"
POOR = "near-poor"
FARM = "average-income-farm-household"
STUDY = "pupil student"
MINOR = "ethnic-minority-former-difficult"
MULTI = "multidimensional-poor"
EXIT = "within left-difficult-list 36"

# place, W (whole unit) or F (the territory before the merger), groups, share, from, until, conditions, "school" where the
# place of the school counts. Share: +x on top of the state, =x in total, x/y: +x, but y in total at most.
TABLE = [
    # --- section 4
    ("ha-noi", "W", f"{POOR} {FARM} {HOME}", "=100", "2026-01-01", "", "month left-poverty 36; not no-left-poverty-and-near-poverty no-permanent-resident"),
    ("ha-noi", "W", f"{FARM} {HOME}", "=100", "2026-01-01", "", "month left-poverty-and-near-poverty 36; not no-permanent-resident"),
    ("ha-noi", "W", f"{FARM} {HOME}", "=100", "2026-01-01", "", "month left-near-poverty 36; not no-permanent-resident"),
    ("ha-noi", "W", HOME, "=100", "2026-01-01", "", "age 70 75; not other-card no-permanent-resident"),
    ("ha-noi", "W", HOME, "=100", "2026-01-01", "", "all mild-disability; age 16 -; not other-card no-permanent-resident"),
    ("ha-noi", "W", HOME, "=100", "2026-01-01", "", "all ethnic-minority; not other-card no-permanent-resident"),
    ("ha-noi", "W", MINOR, "+30", "2026-01-01", "", "not no-permanent-resident"),
    ("ha-noi", "W", STUDY, "+70", "2026-01-01", "", "any poor-family farm-household-member; not no-permanent-resident; school"),
    ("ha-noi", "W", FARM, "+30", "2026-01-01", "", "not no-permanent-resident"),
    ("ho-chi-minh", "W", "pupil", "+50", "2025-11-14", "", "not no-general-school; school"),
    ("ho-chi-minh", "W", SELF, "=100", "2025-11-14", "", "age 65 75; not other-card no-permanent-resident; card"),
    ("ho-chi-minh", "W", HOME, "=100", "2026-01-01", "", "all leprosy; not no-ben-san-hospital"),
    ("ho-chi-minh", "W", HOME, "=100", "2026-01-01", "", "age 6 16; not other-card no-resident"),
    ("ho-chi-minh", "W", POOR, "=100", "2026-01-01", "", "not no-local-near-poor"),
    ("ho-chi-minh", "W", f"{HOME} {FARM}", "=100", "2026-01-01", "", "any local-poor local-near-poor"),
    ("ho-chi-minh", "W", f"{HOME} {FARM}", "=100", "2026-01-01", "", "within left-poverty 36"),
    ("ho-chi-minh", "W", HOME, "=100", "2026-01-01", "", "all living-alone low-income; age 60 65; not other-card no-resident"),
    ("ho-chi-minh", "W", HOME, "=100", "2026-01-01", "", "all serious-illness low-income; not other-card no-resident"),
    ("ho-chi-minh", "W", HOME, "=100", "2026-01-01", "", "all visual-impairment; not other-card no-resident"),
    ("hai-phong", "W", HOME, "=100", "2026-01-01", "", "age 60 75; not pension monthly-allowance"),
    ("hai-phong", "W", HOME, "=100", "2026-01-01", "", "all party-badge-40; not pension monthly-allowance"),
    ("hai-phong", "W", HOME, "=100", "2026-01-01", "", "all association-of-the-blind; not other-card"),
    ("hai-phong", "W", HOME, "=100", "2026-01-01", "", "all hiv"),
    ("hai-phong", "W", POOR, "+30", "2026-01-01", "", ""),
    ("hai-phong", "W", FARM, "+20", "2026-01-01", "", ""),
    ("hue", "W", POOR, "+30", "2026-01-01", "", ""),
    ("hue", "W", MINOR, "+30", "2026-01-01", "", EXIT),
    ("hue", "W", f"{HOME} {FARM}", "=50", "2026-01-01", "", "within left-poverty-and-near-poverty 36"),
    ("quang-ninh", "W", HOME, "=100", "2026-01-01", "2030-12-31", "age 65 -; not other-card no-permanent-resident"),
    ("quang-ninh", "W", HOME, "=100", "2026-01-01", "2030-12-31", "all social-allowance-of-the-province"),
    ("quang-ninh", "W", HOME, "=100", "2026-01-01", "2030-12-31", "all ethnic-minority minority-area"),
    ("nghe-an", "W", POOR, "+30", "2026-01-01", "2030-12-31", ""),
    ("nghe-an", "W", MINOR, "+30", "2026-01-01", "2030-12-31", EXIT),
    ("nghe-an", "W", FARM, "+20", "2026-01-01", "2030-12-31", ""),
    ("gia-lai", "W", POOR, "30/100", "2026-01-01", "", ""),
    ("gia-lai", "W", STUDY, "30/80", "2026-01-01", "", "all ethnic-minority"),
    ("gia-lai", "W", MINOR, "30/100", "2026-01-01", "", "any pupil-or-student pupil student"),
    ("gia-lai", "W", FARM, "+20", "2026-01-01", "", ""),
    ("dak-lak", "W", POOR, "+30", "2025-10-30", "", ""),
    ("dak-lak", "W", FARM, "+30", "2025-10-30", "", ""),
    ("dak-lak", "W", MINOR, "+15", "2025-10-30", "", EXIT),
    ("dak-lak", "W", STUDY, "+5", "2025-10-30", "", "school"),
    ("dong-nai", "W", HOME, "=100", "2025-12-31", "2030-12-31", "all ethnic-minority-in-special-difficulty"),
    ("dong-nai", "W", HOME, "=100", "2025-12-31", "2030-12-31", "all serious-illness"),
    ("dong-nai", "W", HOME, "=100", "2025-12-31", "2030-12-31",
     "any zone-1 minority-area; not poor-household near-poor-household no-resident; age 70 75"),
    ("dong-nai", "W", HOME, "=100", "2025-12-31", "2030-12-31", "all population-collaborator"),
    ("dong-nai", "W", HOME, "=100", "2025-12-31", "2030-12-31", "all unemployment-benefit-ended"),
    ("dong-nai", "W", POOR, "=100", "2025-12-31", "2030-12-31", "not no-local-near-poor"),
    ("dong-nai", "W", f"{HOME} {FARM}", "=100", "2025-12-31", "2030-12-31", "any local-poor local-near-poor"),
    ("dong-nai", "W", f"{HOME} {FARM}", "=100", "2025-12-31", "2030-12-31", "within left-poverty 24"),
    ("dong-nai", "W", HOME, "=100", "2025-12-31", "2030-12-31", "all homeless-in-facility"),
    ("dong-nai", "W", FARM, "=70", "2025-12-31", "2030-12-31", ""),
    ("ca-mau", "W", POOR, "=100", "2026-01-01", "", ""),
    ("ca-mau", "W", MINOR, "=100", "2026-01-01", "", EXIT),
    ("ca-mau", "W", STUDY, "=70", "2026-01-01", "", "school"),
    ("ca-mau", "W", FARM, "=50", "2026-01-01", "", ""),
    ("dien-bien", "W", STUDY, "+20", "2024-09-01", "", ""),
    ("lao-cai", "F", POOR, "+30", "2019-07-10", "", ""),
    ("bac-ninh", "F", HOME, "=100", "2024-01-01", "", "age 60 80; not other-card no-permanent-resident"),
    ("ninh-binh", "F", f"{HOME} {FARM}", "=100", "2022-11-08", "", "age 70 75; not other-card no-permanent-resident"),
    ("ninh-binh", "F", HOME, "=100", "2022-11-08", "", "all village-cell-secretary; not no-permanent-resident"),
    ("ninh-binh", "F", "village-staff", "=100", "2022-11-08", "", "not no-village-cell-secretary no-permanent-resident"),
    ("ninh-binh", "F", HOME, "=100", "2022-11-08", "", "all atk-commune; not no-permanent-resident"),
    ("kon-tum", "F", f"{POOR} {MULTI}", "+30", "2019-07-28", "", ""),
    ("kon-tum", "F", STUDY, "+10", "2019-07-28", "", ""),
    ("kon-tum", "F", FARM, "+10", "2019-07-28", "", ""),
    ("kon-tum", "F", HOME, "=100", "2019-07-28", "", "all hiv; not other-card"),
    ("quang-ngai", "F", MINOR, "+30", "2024-06-18", "", ""),
    ("quang-ngai", "F", f"{POOR} {MULTI} {FARM}", "=70", "2024-06-18", "", ""),
    ("quang-ngai", "F", STUDY, "=70", "2024-06-18", "", "any war-invalid-family large-family poor-family"),
    ("quang-ngai", "F", HOME, "=70", "2024-06-18", "", "all hiv; not no-six-months-resident"),
    ("ha-giang", "F", f"{POOR} {MULTI} {FARM}", "=100", "2020-12-09", "", ""),
    ("an-giang", "F", f"{POOR} {MULTI}", "+30", "2020-12-08", "", ""),
    ("long-an", "F", f"{POOR} {MULTI}", "+30", "2019-02-15", "", ""),
    ("da-nang", "F", HOME, "=100", "2025-01-01", "", "any local-near-poor local-average-income; age 60 75"),
    ("da-nang", "W", HOME, "=100", "2026-01-01", "", "all serious-illness; not no-low-income"),
    # --- section 5
    ("nghe-an", "W", POOR, "+10", "2016-08-04", "2016-12-31", ""),
    ("nghe-an", "W", POOR, "+15", "2017-01-01", "2017-12-31", ""),
    ("nghe-an", "W", POOR, "+20", "2018-01-01", "2018-12-31", ""),
    ("nghe-an", "W", POOR, "+25", "2019-01-01", "2019-12-31", ""),
    ("nghe-an", "W", POOR, "+30", "2020-01-01", "2020-12-31", ""),
    ("nghe-an", "W", POOR, "+30", "2021-01-01", "2025-12-31", ""),
    ("nghe-an", "W", FARM, "+10", "2021-01-01", "2021-12-31", ""),
    ("nghe-an", "W", FARM, "+15", "2022-01-01", "2022-12-31", ""),
    ("nghe-an", "W", FARM, "+20", "2023-01-01", "2025-12-31", ""),
    ("hai-duong", "F", HOME, "+70", "2019-12-12", "2025-12-31", "all waste-collector"),
    ("hai-duong", "F", HOME, "+70", "2019-12-12", "2025-12-31", "age 70 80; not other-card"),
    ("hai-duong", "F", HOME, "+70", "2023-08-01", "2025-12-31", "age 65 70; not other-card"),
    ("hai-duong", "F", HOME, "=100", "2024-01-01", "2025-12-31", "age 77 80; not other-card"),
    ("hai-phong", "F", HOME, "=100", "2025-07-01", "2025-12-31", "age 60 80; not pension"),
    ("hai-phong", "F", HOME, "=100", "2025-07-01", "2025-12-31", "all hiv"),
    ("hai-phong", "F", HOME, "=100", "2025-07-01", "2025-12-31", "all association-of-the-blind"),
    ("ba-ria-vung-tau", "F", HOME, "=100", "2024-07-17", "2025-06-30", "age 65 -; not other-card"),
    ("bac-lieu", "F", MINOR, "+30", "2024-07-01", "2026-10-31", "all listed-commune-bac-lieu"),
    ("ca-mau", "F", STUDY, "+20", "2024-12-11", "2025-12-31", ""),
    ("ca-mau", "F", f"{POOR} {MULTI}", "+30", "2020-08-01", "2024-12-31", ""),
    ("ca-mau", "F", STUDY, "+20", "2020-08-01", "2024-12-10", ""),
    ("quang-ninh", "W", HOME, "=100", "2022-01-01", "2025-12-31", "age 70 80; not other-card"),
    ("quang-ninh", "W", HOME, "=100", "2021-01-01", "2025-12-31", "all ethnic-minority"),
    ("quang-ninh", "W", HOME, "=100", "2021-01-01", "2025-12-31", "all mountain-border-island"),
    ("quang-ninh", "W", POOR, "=100", "2024-01-01", "", ""),
    ("quang-ninh", "W", FARM, "=80", "2024-01-01", "", ""),
    ("bac-ninh", "F", HOME, "=100", "2018-04-17", "2023-12-31", "age 65 80; not other-card"),
    ("ha-noi", "W", HOME, "=100", "2024-01-01", "2025-12-31", "age 70 80; not other-card"),
    ("hung-yen", "F", HOME, "=100", "2018-01-01", "2020-12-31", "all party-badge-30"),
    ("hung-yen", "F", HOME, "=100", "2018-01-01", "2020-12-31", "all waste-collector"),
    ("hung-yen", "F", FARM, "=60", "2018-01-01", "2020-12-31", ""),
    ("hung-yen", "F", "pupil", "=60", "2018-01-01", "2020-12-31", "not no-general-school"),
    ("tra-vinh", "F", f"{HOME} {FARM}", "=100", "2023-07-14", "2023-12-31", "all approved-list-tra-vinh-2023; first 6"),
    ("can-tho", "F", HOME, "=100", "2017-01-01", "2018-12-31", "all hiv; not no-permanent-resident"),
    ("can-tho", "F", HOME, "=100", "2017-01-01", "2018-12-31", "all former-sex-worker; not no-permanent-resident"),
    ("soc-trang", "F", POOR, "+30", "2016-01-01", "2016-12-31", ""),
    ("quang-nam", "F", HOME, "=100", "2024-10-24", "2025-12-31", "all social-allowance-of-the-province"),
    ("da-nang", "F", FARM, "=50", "2017-01-01", "", "not no-local-average-income"),
    # --- section g of the sheet on contributions
    ("hau-giang", "F", FARM, "+20", "2023-01-01", "", "within left-poverty 12"),
    ("hau-giang", "F", FARM, "+70", "2022-08-01", "2025-12-31", "age 60 80"),
    ("hau-giang", "F", FARM, "+20", "2022-08-01", "2022-12-31", "all former-difficult-area"),
    ("hau-giang", "F", POOR, "+30", "2013-01-01", "", ""),
    ("hau-giang", "F", STUDY, "+20", "2017-01-01", "2017-12-31", ""),
    ("gia-lai", "F", f"{POOR} {MULTI}", "+30", "2020-01-01", "2021-12-31", ""),
    ("gia-lai", "F", STUDY, "+20", "2020-01-01", "2020-12-31", "all poor-family"),
    ("gia-lai", "F", STUDY, "+20", "2021-01-01", "2021-12-31", "any large-family poor-family"),
    ("gia-lai", "F", STUDY, "+20", "2021-01-01", "2021-12-31", "all ethnic-minority zone-1"),
    ("gia-lai", "F", FARM, "+20", "2020-01-01", "2021-12-31", ""),
    ("gia-lai", "F", POOR, "+30", "2022-12-19", "2025-12-31", ""),
    ("gia-lai", "F", STUDY, "+30", "2022-12-19", "2025-12-31", "all ethnic-minority"),
    ("gia-lai", "F", FARM, "+10", "2022-12-19", "2025-12-31", ""),
    ("ha-tinh", "W", "household", "=100", "2020-01-01", "2020-12-31", "all ha-tinh-city-resident; age 60 70; not other-card"),
]

MERGER = date(2025, 7, 1)


def fold(text):
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return re.sub(r"[\s\-_.,/()]+", "-", text).strip("-")


def key_of(text):
    """A name without the word for province or city and without its blanks."""
    text = re.sub(r"^(tinh|thanh-pho|tp|t)-", "", fold(text))
    return re.sub(r"-cu$", "", text).replace("-", "")


PLACES = {}  # key of a name -> place
CODES = {}
INTO = {}  # merged place -> unit
for line in NAMES.strip().splitlines():
    code, rest = line.split(" ", 1)
    unit = None
    for part in rest.split(" + "):
        name, _, aliases = part.partition(" (")
        place = fold(name)
        unit = unit or place
        for one in [name] + [alias for alias in aliases.rstrip(")").split(", ") if alias]:
            PLACES[key_of(one)] = place
        if place != unit:
            INTO[place] = unit
    CODES[code] = unit


@lru_cache(maxsize=None)
def find(text, day_is_after_merger):
    """The place a name or code stands for, None for none; codes are those of 2025-07-01."""
    found = PLACES.get(key_of(text))
    if found is None and day_is_after_merger:
        found = CODES.get(text.strip())
    return found


def read_place(text, day):
    return find(text, day >= MERGER)


def conditions(text):
    """[(kind, words)] and whether the place of the school counts"""
    parts = [part.split() for part in text.split(";") if part.split()]
    return [(part[0], part[1:]) for part in parts if part[0] != "school"], ["school"] in parts


class Row:
    def __init__(self, place, territory, groups, share, start, until, when):
        self.places = {place} | ({p for p, unit in INTO.items() if unit == place} if territory == "W" else set())
        self.presumes_old_part = territory == "F" and place in INTO.values()
        self.groups = set(groups.split())
        self.share = share
        self.start = date.fromisoformat(start)
        self.until = date.fromisoformat(until) if until else date.max
        self.conditions, self.school = conditions(when)

    def holds(self, day, month, number, tags, born, window):
        """`window(tag, months, event_from_month)` says whether the month lies in a window after an event."""
        if self.presumes_old_part and "no-former-territory" in tags:
            return False
        for kind, words in self.conditions:
            if kind == "all" and not all(word in tags for word in words):
                return False
            if kind == "any" and not any(word in tags for word in words):
                return False
            if kind == "not" and any(word in tags for word in words):
                return False
            if kind == "age":
                if born is None:
                    return False
                age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
                if age < int(words[0]) or (words[1] != "-" and age >= int(words[1])):
                    return False
            if kind in ("within", "month") and not window(words[0], int(words[1]), kind == "month", month, tags):
                return False
            if kind == "first" and number >= int(words[0]):
                return False
            if kind == "card" and tags.get("previous-card") is not None and month <= tags["previous-card"]:
                return False
        return True

    def percent(self, state):
        """What it adds to the state's share."""
        if self.share[0] == "+":
            return min(int(self.share[1:]), 100 - state)
        if self.share[0] == "=":
            return max(int(self.share[1:]) - state, 0)
        extra, total = self.share.split("/")
        return min(int(extra), max(int(total) - state, 0))


ROWS = [Row(*row) for row in TABLE]


@lru_cache(maxsize=None)
def rows_of(group, home, school):
    return [row for row in ROWS if group in row.groups and ((school or home) if row.school else home) in row.places]


def local_share(group, day, month, number, tags, home, school, born, state, window):
    """Per cent that the places add to the state's share in a month: the highest, nothing adds up."""
    found = [row.percent(state) for row in rows_of(group, home, school)
             if row.start <= day <= row.until and row.holds(day, month, number, tags, born, window)]
    return max(found, default=0)
