"""Checks the dependency tree against deny.toml: bans, licences, sources. Standard library only."""
import json
import re
import subprocess
import sys
import tomllib

policy = tomllib.load(open("deny.toml", "rb"))
metadata = json.loads(subprocess.check_output(["cargo", "metadata", "--locked", "--format-version", "1"]))
allowed = set(policy["licenses"]["allow"])
problems = []


def version(text):
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def licence_is_allowed(expression):
    # "A OR B" needs one allowed side, "A AND B" needs both; "/" is the old spelling of OR.
    for side in re.split(r"\s+OR\s+|/", expression.replace("(", "").replace(")", "")):
        if all(part.strip() in allowed for part in re.split(r"\s+AND\s+", side)):
            return True
    return False


for package in metadata["packages"]:
    name = f"{package['name']} {package['version']}"
    if package["source"] is None:
        continue
    if not package["source"].startswith("registry+"):
        problems.append(f"{name}: source {package['source']}")
    if not licence_is_allowed(package["license"] or ""):
        problems.append(f"{name}: licence {package['license']}")
    for ban in policy["bans"]["deny"]:
        if ban["name"] == package["name"]:
            limit = ban.get("version", "").removeprefix("<")
            if not limit or version(package["version"]) < version(limit):
                problems.append(f"{name}: banned")
print(f"{len(metadata['packages'])} packages, {len(problems)} problems")
print("\n".join(problems))
sys.exit(1 if problems else 0)
