//! Shapes in which claim files travel: wrappers of the portal, gzip, other alphabets, small letters, several months in
//! one file. Each is read as the plain file is.

use std::io::Write;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::program::bhyt;
use crate::synthetic::{DraftClaim, Packing, Style, claims, envelope};
use bhyt::workshop::Standard;

fn drafts() -> Vec<DraftClaim> {
    claims(Standard::Qd1931, 23).take(3).collect()
}

fn plain() -> Vec<u8> {
    envelope(&drafts(), Style::default())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut coder = GzEncoder::new(Vec::new(), Compression::best());
    coder.write_all(bytes).expect("memory");
    coder.finish().expect("memory")
}

/// The standard output and the exit code of an audit of one file.
fn audited(folder: &Path, name: &str, bytes: &[u8]) -> (String, u8) {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("a written file");
    let path = path.to_str().expect("a path of letters");
    let run = bhyt(&["audit", path, "--format", "jsonl", "--lang", "en", "-q"], "");
    (run.stdout.replace(&format!("\"{name}\""), "FILE"), run.code)
}

/// Every part packed anew.
fn repacked(pack: impl Fn(&str) -> String) -> Vec<u8> {
    let text = String::from_utf8(envelope(&drafts(), Style { packing: Packing::Base64, ..Style::default() }))
        .expect("text");
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("<NOIDUNGFILE>") {
        let start = at + "<NOIDUNGFILE>".len();
        let end = start + rest[start..].find('<').expect("an end");
        out.push_str(&rest[..start]);
        let decoded = STANDARD.decode(&rest[start..end]).expect("base64");
        if !decoded.is_empty() {
            out.push_str(&pack(std::str::from_utf8(&decoded).expect("text")));
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out.into_bytes()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn small_letters(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for letter in text.chars() {
        inside = letter == '<' || (inside && letter != '>');
        out.push(if inside { letter.to_ascii_lowercase() } else { letter });
    }
    out
}

#[test]
fn every_shape_reads_as_the_plain_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = plain();
    let coded = STANDARD.encode(&file);
    let text = String::from_utf8(file.clone()).expect("text");
    let (wanted, code) = audited(folder.path(), "plain.xml", &file);
    assert_eq!(code, 0, "{wanted}");
    assert_eq!(wanted.lines().count(), 3);
    let shapes: Vec<(&str, Vec<u8>)> = vec![
        ("base64.xml", coded.clone().into_bytes()),
        ("url.xml", URL_SAFE_NO_PAD.encode(&file).into_bytes()),
        ("data.xml", format!("data:text/xml;base64,{coded}").into_bytes()),
        (
            "portal.xml",
            format!("{{\"maTinh\":\"79\", \"fileHSBase64\" : \"{}\"}}", coded.replace('/', "\\/"))
                .into_bytes(),
        ),
        (
            "soap.xml",
            format!(
                "<s:Envelope xmlns:s=\"x\"><s:Body><fileHSBase64>{coded}</fileHSBase64></s:Body></s:Envelope>"
            )
            .into_bytes(),
        ),
        ("claims.xml.gz", gzip(&file)),
        ("coded-gzip.xml", STANDARD.encode(gzip(&file)).into_bytes()),
        ("twice.xml", STANDARD.encode(&coded).into_bytes()),
        ("small.xml", small_letters(&text).into_bytes()),
        ("small-parts.xml", repacked(|part| STANDARD.encode(small_letters(part)))),
        ("part-url.xml", repacked(|part| URL_SAFE_NO_PAD.encode(part))),
        ("part-data.xml", repacked(|part| format!("data:text/xml;base64,{}", STANDARD.encode(part)))),
        ("part-twice.xml", repacked(|part| STANDARD.encode(STANDARD.encode(part)))),
        ("part-gzip.xml", repacked(|part| STANDARD.encode(gzip(part.as_bytes())))),
        (
            "bare-mark.xml",
            repacked(|part| {
                STANDARD
                    .encode(part.replace("<GIOI_TINH>", "<GHI_CHU>SpO2 < 90, Hb<10 & x</GHI_CHU><GIOI_TINH>"))
            }),
        ),
        (
            "bare-mark-inline.xml",
            repacked(|part| {
                part.replace("<GIOI_TINH>", "<GHI_CHU>SpO2 < 90, Hb<10, << 5</GHI_CHU><GIOI_TINH>")
            }),
        ),
        (
            "bare-letter.xml",
            repacked(|part| {
                STANDARD.encode(part.replace("<GIOI_TINH>", "<GHI_CHU>Ca<Mg, K<3</GHI_CHU><GIOI_TINH>"))
            }),
        ),
        (
            "bare-letter-inline.xml",
            repacked(|part| part.replace("<GIOI_TINH>", "<GHI_CHU>Ca<Mg, K<3</GHI_CHU><GIOI_TINH>")),
        ),
        ("part-escaped.xml", repacked(escaped)),
        ("part-escaped-twice.xml", repacked(|part| escaped(&escaped(part)))),
        ("gzip-of-base64.xml.gz", gzip(coded.as_bytes())),
        ("gzip-twice.xml.gz", gzip(&gzip(&file))),
        (
            "portal-gzip.xml",
            format!("{{\"fileHSBase64\":\"{}\"}}", STANDARD.encode(gzip(&file))).into_bytes(),
        ),
    ];
    for (name, bytes) in shapes {
        let (found, code) = audited(folder.path(), name, &bytes);
        assert_eq!((found.as_str(), code), (wanted.as_str(), 0), "{name}");
    }
}

#[test]
fn months_in_one_file_are_read_one_after_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let drafts = drafts();
    let months: Vec<u8> =
        drafts.iter().flat_map(|draft| envelope(std::slice::from_ref(draft), Style::default())).collect();
    let (found, code) = audited(folder.path(), "months.xml", &months);
    assert_eq!((found.lines().count(), code), (3, 0), "{found}");
}

#[test]
fn a_cut_file_and_a_check_in_file_are_called_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = String::from_utf8(plain()).expect("text").replace("<SOLUONGHOSO>3<", "<SOLUONGHOSO>5<");
    let (found, code) = audited(folder.path(), "cut.xml", text.as_bytes());
    assert!(code == 1 && found.contains("E0777") && found.lines().count() == 4, "{found}");
    let notice = b"<CHI_TIEU_TRANG_THAI_KCB><DSACH_TRANG_THAI_KCB/></CHI_TIEU_TRANG_THAI_KCB>";
    let (found, code) = audited(folder.path(), "check-in.xml", notice);
    assert!(code == 3 && found.contains("E0736"), "{found}");
}

/// Classes of checks can be chosen; what cannot be read is told whatever was asked for.
#[test]
fn classes_are_chosen() {
    let folder = tempfile::tempdir().expect("a folder");
    let twice: Vec<DraftClaim> =
        drafts().into_iter().take(1).flat_map(|draft| [draft.clone(), draft]).collect();
    let path = folder.path().join("twice.xml");
    std::fs::write(&path, envelope(&twice, Style::default())).expect("a written file");
    let path = path.to_str().expect("a path of letters");
    let run = |more: &[&str]| {
        let mut args = vec!["audit", path, "--format", "csv", "-q"];
        args.extend(more);
        bhyt(&args, "")
    };
    assert!(run(&[]).stdout.contains("A68-same-claim-twice"));
    assert!(run(&["--only", "identity"]).stdout.contains("A68-same-claim-twice"));
    let (money, skipped) = (run(&["--only", "money,law,times"]), run(&["--skip", "identity"]));
    assert_eq!((money.code, skipped.code), (0, 0), "{}{}", money.stdout, skipped.stdout);
    assert_eq!(run(&["--only", "prices"]).code, 2);
}
