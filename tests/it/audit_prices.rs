//! Lists of prices that a facility holds beside its claim file: price, ratio, name, licence, tender and days, line by line.

use serde_json::Value;

use crate::program::bhyt;

/// One claim of August 2026: a drug, a supply and a service, all paid at 80 % and above the limit of a cheap visit.
fn claim() -> String {
    let amounts = |amount: i64| {
        let (fund, rest) = (amount / 10 * 8, amount / 10 * 2);
        format!(
            "<PHAM_VI>1</PHAM_VI><TYLE_TT_BH>100</TYLE_TT_BH><SO_LUONG>1</SO_LUONG><THANH_TIEN_BV>{amount}</THANH_TIEN_BV>\
             <THANH_TIEN_BH>{amount}</THANH_TIEN_BH><MUC_HUONG>80</MUC_HUONG><T_BNTT>0</T_BNTT><T_BNCCT>{rest}</T_BNCCT>\
             <T_BHTT>{fund}</T_BHTT><NGAY_YL>202608030830</NGAY_YL><NGAY_TH_YL>202608030830</NGAY_TH_YL>"
        )
    };
    let drug = format!(
        "<CHI_TIET_THUOC><MA_THUOC>40.48</MA_THUOC><TEN_THUOC>Paracetamol Stada</TEN_THUOC><MA_NHOM>4</MA_NHOM>\
         <SO_DANG_KY>VD-1-26</SO_DANG_KY><HAM_LUONG>500mg</HAM_LUONG><TT_THAU>12/QD;G1;N1;2026</TT_THAU><DON_GIA>500000</DON_GIA>{}</CHI_TIET_THUOC>",
        amounts(500_000)
    );
    let service = |fields: &str, price: i64| {
        format!(
            "<CHI_TIET_DVKT>{fields}<DON_GIA_BV>{price}</DON_GIA_BV><DON_GIA_BH>{price}</DON_GIA_BH>\
             <TYLE_TT_DV>100</TYLE_TT_DV>{}</CHI_TIET_DVKT>",
            amounts(price)
        )
    };
    let supply = service(
        "<MA_VAT_TU>N03.01</MA_VAT_TU><TEN_VAT_TU>Kim luồn 22G</TEN_VAT_TU><MA_NHOM>10</MA_NHOM>",
        300_000,
    );
    let scan = service(
        "<MA_DICH_VU>18.0001</MA_DICH_VU><TEN_DICH_VU>Siêu âm ổ bụng</TEN_DICH_VU><MA_NHOM>2</MA_NHOM>",
        200_000,
    );
    format!(
        "<GIAMDINHHS><HOSO><TONG_HOP><MA_LK>1</MA_LK><MA_THE_BHYT>GD4790000000001</MA_THE_BHYT><MA_DKBD>00001</MA_DKBD><MA_CSKCB>00001</MA_CSKCB>\
         <GT_THE_TU>20260101</GT_THE_TU><GT_THE_DEN>20261231</GT_THE_DEN><MA_DOITUONG_KCB>1.1</MA_DOITUONG_KCB><MA_LOAI_KCB>01</MA_LOAI_KCB>\
         <NGAY_VAO>202608030800</NGAY_VAO><NGAY_RA>202608031000</NGAY_RA><T_THUOC>500000</T_THUOC><T_VTYT>300000</T_VTYT>\
         <T_TONGCHI_BV>1000000</T_TONGCHI_BV><T_TONGCHI_BH>1000000</T_TONGCHI_BH><T_BNTT>0</T_BNTT><T_BNCCT>200000</T_BNCCT>\
         <T_BHTT>800000</T_BHTT><T_BHTT_GDV>0</T_BHTT_GDV></TONG_HOP>{drug}{supply}{scan}</HOSO></GIAMDINHHS>"
    )
}

/// What a list makes of the claim: severity, part, field and difference of every finding.
fn beside(list: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, prices) = (folder.path().join("claim.xml"), folder.path().join("list.csv"));
    std::fs::write(&file, claim()).expect("a claim");
    std::fs::write(&prices, list).expect("a list");
    let path = |path: &std::path::Path| path.to_str().expect("letters").to_owned();
    let run = bhyt(&["audit", &path(&file), "--prices", &path(&prices), "--format", "jsonl"], "");
    let document: Value = serde_json::from_str(run.stdout.lines().next().unwrap_or_default())
        .unwrap_or_else(|_| panic!("{}{}", run.stdout, run.stderr));
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let findings = document["result"]["findings"].as_array().cloned().unwrap_or_default();
    let shown = |finding: &Value| {
        let [severity, part, field, difference] =
            ["severity", "part", "field", "difference"].map(|key| text(finding, key));
        assert!(text(finding, "code").starts_with("A73"), "{finding}");
        format!("{severity} {part} {field} {difference}").trim_end().to_owned()
    };
    findings.iter().map(shown).collect()
}

const DRUGS: &str =
    "MA_THUOC,TEN_THUOC,SO_DANG_KY,HAM_LUONG,TT_THAU,DON_GIA_BH,TU_NGAY_HD,TU_NGAY,DEN_NGAY\n";
const SUPPLIES: &str = "MA_VAT_TU,TEN_VAT_TU,DON_GIA_BH,TYLE_TT_BH,TU_NGAY,DEN_NGAY\n";
const SERVICES: &str = "MA_DICH_VU,TEN_DICH_VU,TEN_DVKT_GIA,GIA_THANH_TOAN,TU_NGAY,DEN_NGAY\n";

/// The fund pays 400,000 for the drug, 240,000 for the supply, 160,000 for the service.
#[test]
fn a_line_is_compared_with_every_column_of_its_list() {
    let drug = |row: &str| beside(&format!("{DRUGS}{row}\n"));
    let none: [&str; 0] = [];
    for fits in [
        "40.48,Paracetamol Stada,VD-1-26,500mg,12/QD;G1;N1;2026,500000,20260101,20260101,",
        // Marks, capitals and what is added to a name are no other name; what the list leaves open fits.
        "40.48,PARACETAMOL STADA 500MG viên,,,,500000,,,20261231",
        "40.48,,VD-1-26,,,500000,,20260803,20260803",
    ] {
        assert_eq!(drug(fits), none, "{fits}");
    }
    for (row, expected) in [
        ("40.48,Ibuprofen,VD-1-26,500mg,,500000,,,", "question XML2 TEN_THUOC"),
        ("40.48,Paracetamol Stada,VD-2-26,,,500000,,,", "question XML2 SO_DANG_KY 400000"),
        ("40.48,Paracetamol Stada,,250mg,,500000,,,", "question XML2 HAM_LUONG 400000"),
        ("40.48,Paracetamol Stada,,,13/QD;G1;N1;2026,500000,,,", "question XML2 TT_THAU 400000"),
        ("40.48,Paracetamol Stada,,,,500000,,20260804,", "question XML2 NGAY_YL 400000"),
        ("40.48,Paracetamol Stada,,,,500000,,20250101,20260802", "question XML2 NGAY_YL 400000"),
        ("40.48,Paracetamol Stada,,,,500000,20260901,20260101,", "question XML2 NGAY_YL 400000"),
        ("40.49,Paracetamol Stada,,,,500000,,,", "question XML2 MA_THUOC 400000"),
        // 100,000 above the list, of which the fund bears 80 %.
        ("40.48,Paracetamol Stada,,,,400000,,,", "error XML2 DON_GIA 100000"),
    ] {
        assert_eq!(drug(row), [expected], "{row}");
    }
    let supply = |row: &str| beside(&format!("{SUPPLIES}{row}\n"));
    assert_eq!(supply("N03.01,Kim luồn tĩnh mạch,300000,,,"), ["question XML3 TEN_VAT_TU"]);
    assert_eq!(supply("N03.01,kim luon 22g,300000,,20260901,"), ["question XML3 NGAY_YL 240000"]);
    assert_eq!(supply("N03.01,kim luon 22g,300000,50,,"), ["error XML3 TYLE_TT_BH 50"]);
    let service = |row: &str| beside(&format!("{SERVICES}{row}\n"));
    // Either of the two names of a service will do.
    assert_eq!(service("18.0001,Siêu âm bụng tổng quát,Siêu âm ổ bụng,200000,20260101,"), none);
    assert_eq!(
        service("18.0001,Chụp X-quang,Chụp X-quang ngực,200000,20260101,"),
        ["question XML3 TEN_DICH_VU"]
    );
    assert_eq!(service("18.0001,Siêu âm ổ bụng,,200000,20260101,20260731"), ["question XML3 NGAY_YL 160000"]);
}

/// Old and new row of a price that changed, and two lots of one day: one that fits is enough.
#[test]
fn one_row_that_fits_is_enough() {
    let none: [&str; 0] = [];
    let rows = "40.48,Paracetamol Stada,,,,450000,,20250101,20260731\n40.48,Paracetamol Stada,,,,500000,,20260801,\n";
    assert_eq!(beside(&format!("{DRUGS}{rows}")), none);
    let lots = "40.48,Paracetamol Stada,VD-9-26,,,450000,,,\n40.48,Panadol,VD-1-26,,,500000,,,\n";
    assert_eq!(beside(&format!("{DRUGS}{lots}")), ["question XML2 TEN_THUOC"]);
}
