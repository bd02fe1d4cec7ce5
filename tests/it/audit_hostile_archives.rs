//! The table of hostile archives: bombs, cuts, names, headers that lie.

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use bhyt::Code;

use crate::audit_hostile_corpus::{Corpus, Fate, MIB, valid};

fn zipped(members: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).expect("a member");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

pub fn archives(corpus: &mut Corpus) {
    let text = valid();
    let good = zipped(&[("a.xml", text.as_bytes()), ("readme.txt", b"x")], CompressionMethod::Deflated);
    corpus.read("good.zip", good.clone());
    corpus.read("good-zip-called.xml", good.clone());
    corpus.refuse("xml-called.zip", text.clone(), Code::ZipBroken);
    corpus.refuse("empty.zip", "", Code::ZipBroken);
    for index in 1..=16 {
        corpus.refuse(format!("cut-{index:02}.zip"), &good[..good.len() * index / 17], Code::ZipBroken);
    }
    for name in ["../a.xml", "/etc/a.xml", "x/../../a.xml", "..\\a.xml", "C:\\a.xml"] {
        let bytes = zipped(&[(name, text.as_bytes())], CompressionMethod::Stored);
        corpus.refuse(format!("name-{}.zip", name.replace(['/', '\\', ':'], "_")), bytes, Code::ZipName);
    }
    corpus.refuse("nested.zip", zipped(&[("in.zip", &good)], CompressionMethod::Stored), Code::ZipNested);
    let bomb = format!("<a>{}", "<x/>".repeat(20 * MIB));
    corpus.refuse(
        "bomb.zip",
        zipped(&[("a.xml", bomb.as_bytes())], CompressionMethod::Deflated),
        Code::ZipTooLarge,
    );
    let blanks = vec![b' '; 90 * MIB];
    corpus.refuse(
        "bomb-blanks.zip",
        zipped(&[("a.xml", &blanks)], CompressionMethod::Deflated),
        Code::XmlTooLong,
    );
    let mut encrypted = good.clone();
    for signature in [&b"PK\x03\x04"[..], &b"PK\x01\x02"[..]] {
        let at = memchr::memmem::find(&encrypted, signature).expect("a header");
        let flags = at + if signature[2] == 3 { 6 } else { 8 };
        encrypted[flags] |= 1;
    }
    corpus.refuse("encrypted.zip", encrypted, Code::ZipEncrypted);
    let mut sized = zipped(&[("a.xml", text.as_bytes())], CompressionMethod::Stored);
    let at = memchr::memmem::find(&sized, b"PK\x01\x02").expect("a header");
    sized[at + 20..at + 28].copy_from_slice(&[10, 0, 0, 0, 10, 0, 0, 0]);
    corpus.refuse("declared-smaller.zip", sized, Code::UnreadableInput);
    let mut torn = zipped(&[("a.xml", text.as_bytes())], CompressionMethod::Stored);
    let middle = torn.len() / 2;
    torn[middle] ^= 0x20;
    corpus.add("bad-checksum.zip", torn, Fate::Refused(Code::UnreadableInput));
    let mut count = good.clone();
    let end = memchr::memmem::rfind(&count, b"PK\x05\x06").expect("the closing record");
    count[end + 8..end + 12].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    corpus.refuse("many-members.zip", count, Code::ZipMembers);
    corpus.refuse("no-xml.zip", zipped(&[("a.txt", b"x")], CompressionMethod::Stored), Code::NoClaims);
    corpus.refuse(
        "member-hostile.zip",
        zipped(&[("a.xml", b"<!DOCTYPE x>"), ("b.xml", text.as_bytes())], CompressionMethod::Deflated),
        Code::XmlDoctype,
    );
    for name in ["CON.xml", "aux.xml", "a\u{1b}[2J.xml", "\u{202e}lmx.xml", "=cmd.xml"] {
        let bytes = zipped(&[(name, text.as_bytes())], CompressionMethod::Deflated);
        corpus.read(format!("odd-name-{}.zip", name.len()), bytes);
    }
}
