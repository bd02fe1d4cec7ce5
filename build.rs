//! Danh mục tệp quy định đi kèm: lists the rule files of `rules/`, so that a new province is one new file, and packs them,
//! parsed and hashed once instead of at every start.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use sha2::{Digest, Sha256};
use toml::de::DeTable;

#[path = "src/rulebook/canonical.rs"]
mod canonical;
#[path = "src/rulebook/pack.rs"]
mod pack;

fn main() {
    for file in ["build.rs", "src/rulebook/canonical.rs", "src/rulebook/pack.rs"] {
        println!("cargo::rerun-if-changed={file}");
    }
    let mut files = Vec::new();
    for folder in ["rules", "rules/local"] {
        println!("cargo::rerun-if-changed={folder}");
        files.extend(self::files(folder, "toml"));
    }
    let texts: Vec<String> = files.iter().map(|file| read(file)).collect();
    // A page travels whole; it reads the packed rules, and the texts only explain faults that bundled rules do not have.
    let is_page = std::env::var_os("CARGO_CFG_TARGET_FAMILY").is_some_and(|family| family == "wasm");
    let mut list = String::from("&[");
    let mut tables = Vec::new();
    for (file, text) in files.iter().zip(&texts) {
        let table = DeTable::parse(text).unwrap_or_else(|error| panic!("{file}: {error}")).into_inner();
        let packed = format!("{}.packed", file.replace('/', "-"));
        let body =
            pack::table(&table).unwrap_or_else(|found| panic!("{file}: {} at {:?}", found.why, found.span));
        write(&packed, &body);
        let text = if is_page {
            "\"\"".to_owned()
        } else {
            format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{file}\"))")
        };
        let _ = write!(
            list,
            "BundledFile {{ name: {file:?}, text: {text}, \
             packed: include_str!(concat!(env!(\"OUT_DIR\"), \"/{packed}\")) }},"
        );
        tables.push(table);
    }
    list.push(']');
    write("bundled.rs", &list);
    // In the order of their ids, as the loader hashes them.
    let id = |table: &DeTable<'_>| table.get("id").and_then(|id| id.get_ref().as_str().map(str::to_owned));
    tables.sort_by_key(id);
    let mut hash = Sha256::new();
    tables.iter().for_each(|table| canonical::hash_table(table, &mut hash));
    write("bundled.sha256", &canonical::hex(&hash.finalize()));
    if std::env::var_os("CARGO_CFG_WINDOWS").is_some() {
        describe_to_windows();
    }
    // A page has no `doctor`: the cases that it computes again stay behind.
    pack_cases(&if is_page { String::new() } else { read("conformance/doctor.jsonl") });
    pack_schemas(&if is_page { Vec::new() } else { self::files("docs/schemas", "json") });
}

/// Biểu tượng và thông tin phiên bản of `bhyt.exe`, where the tool that writes them is there.
fn describe_to_windows() {
    println!("cargo::rerun-if-changed=assets/bhyt.ico");
    let version = env!("CARGO_PKG_VERSION");
    let numbers = version.replace('.', ",");
    let root = env!("CARGO_MANIFEST_DIR").replace('\\', "/");
    write(
        "bhyt.rc",
        &format!(
            r#"#pragma code_page(65001)
1 ICON "{root}/assets/bhyt.ico"
1 VERSIONINFO FILEVERSION {numbers},0 PRODUCTVERSION {numbers},0 FILEOS 0x40004 FILETYPE 1
{{
  BLOCK "StringFileInfo" {{ BLOCK "042A04B0" {{
    VALUE "FileDescription", "Máy tính bảo hiểm y tế\0"
    VALUE "FileVersion", "{version}\0"
    VALUE "LegalCopyright", "MIT OR Apache-2.0\0"
    VALUE "OriginalFilename", "bhyt.exe\0"
    VALUE "ProductName", "bhyt\0"
    VALUE "ProductVersion", "{version}\0"
  }} }}
  BLOCK "VarFileInfo" {{ VALUE "Translation", 0x042A, 0x04B0 }}
}}
"#
        ),
    );
    let out = std::env::var_os("OUT_DIR").expect("cargo names the folder of generated files");
    let (source, object) = (Path::new(&out).join("bhyt.rc"), Path::new(&out).join("bhyt-rc.o"));
    let done = Command::new("x86_64-w64-mingw32-windres").arg(&source).arg(&object).status();
    if done.is_ok_and(|status| status.success()) {
        println!("cargo::rustc-link-arg-bins={}", object.display());
    } else {
        println!("cargo::warning=bhyt.exe gets no icon: x86_64-w64-mingw32-windres is missing");
    }
}

/// The cases that `bhyt doctor` computes again, and their hash.
fn pack_cases(text: &str) {
    write_bytes("doctor.deflate", &deflated(text));
    write("doctor.sha256", &canonical::hex(&Sha256::digest(text.as_bytes())));
}

/// The JSON Schemas of `bhyt help json-schema`, as one object by name.
fn pack_schemas(files: &[String]) {
    println!("cargo::rerun-if-changed=docs/schemas");
    let all: Vec<String> = files
        .iter()
        .map(|file| {
            let stem = Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let (name, version) = stem.rsplit_once('-').expect("a name and a version");
            format!("\"{name}/{version}\":{}", read(file))
        })
        .collect();
    write_bytes("schemas.deflate", &deflated(&format!("{{{}}}", all.join(","))));
}

fn deflated(text: &str) -> Vec<u8> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
    packed.write_all(text.as_bytes()).expect("memory takes all");
    packed.finish().expect("memory takes all")
}

#[expect(clippy::disallowed_methods, reason = "a build script reads what it packs")]
fn read(file: &str) -> String {
    println!("cargo::rerun-if-changed={file}");
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn write(name: &str, text: &str) {
    write_bytes(name, text.as_bytes());
}

#[expect(clippy::disallowed_methods, reason = "a build script writes what it generates")]
fn write_bytes(name: &str, bytes: &[u8]) {
    let out = std::env::var_os("OUT_DIR").expect("cargo names the folder of generated files");
    std::fs::write(Path::new(&out).join(name), bytes).expect("the folder of generated files is writable");
}

/// The files of one folder with an ending, by name.
fn files(folder: &str, wanted: &str) -> Vec<String> {
    let listing = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut names: Vec<String> = listing
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension().is_some_and(|ending| ending == wanted))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    names.sort();
    names
}
