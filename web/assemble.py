"""Puts the page together: assemble.py MODULE FOLDER. Standard library only; the same input gives the same bytes."""
import base64, gzip, hashlib, pathlib, sys, urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
LARGEST = 2_000_000


def written(packed):
    """Bytes as text, five letters for four of them. A `<` would look like a mark of the page; `[` stands for it."""
    return base64.b85encode(packed + bytes(-len(packed) % 4)).decode().replace("<", "[")


def without_notes(module):
    """The module without its custom sections: notes for tools that build other pages."""
    kept, at = [module[:8]], 8
    while at < len(module):
        size, shift, end = 0, 0, at + 1
        while True:
            byte = module[end]
            size |= (byte & 0x7F) << shift
            shift, end = shift + 7, end + 1
            if byte < 0x80:
                break
        if module[at] != 0:
            kept.append(module[at : end + size])
        at = end + size
    return b"".join(kept)


def main():
    module, to = without_notes(pathlib.Path(sys.argv[1]).read_bytes()), pathlib.Path(sys.argv[2])
    part = lambda name: (HERE / name).read_text(encoding="utf-8")
    script = part("engine.js") + "\n" + part("page.js")
    icon = "data:image/svg+xml," + urllib.parse.quote(part("icon.svg").strip())
    packed = gzip.compress(module, 9, mtime=0)
    page = part("page.html")
    for name, value in [
        ("style", part("page.css")),
        ("icon", icon),
        ("script-hash", base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()),
        ("length", str(len(packed))),
        ("engine", written(packed)),
        ("script", script),
    ]:
        page = page.replace(f"@{name}@", value)
    version = hashlib.sha256(page.encode()).hexdigest()[:12]
    (to / "bhyt.html").write_text(page, encoding="utf-8")
    (to / "bhyt.webmanifest").write_text(part("manifest.json").replace("@icon@", icon), encoding="utf-8")
    (to / "bhyt-offline.js").write_text(part("offline.js").replace("@version@", version), encoding="utf-8")
    size = len(page.encode())
    print(f"module {len(module):,} bytes, packed {len(packed):,}; bhyt.html {size:,} bytes")
    if size > LARGEST:
        sys.exit(f"bhyt.html is larger than {LARGEST:,} bytes")


if __name__ == "__main__":
    main()
