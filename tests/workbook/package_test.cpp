#include <riskshare/workbook/package.hpp>

#include "support/zip_maker.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

using riskshare::input_refused;
using riskshare::precondition_violated;
using riskshare::workbook::package;
using support::zip_of;
using support::zip_record;

namespace {

std::filesystem::path shared_folder() {
    if (const char* named = std::getenv("RISKSHARE_SHARED")) return named;
    return std::filesystem::path(RISKSHARE_SOURCE_DIR) / ".." / "shared";
}

std::vector<std::filesystem::path> real_workbooks() {
    std::vector<std::filesystem::path> found;
    for (const char* folder : {"corpus", "workbooks"}) {
        std::error_code none;
        for (const auto& entry : std::filesystem::directory_iterator(shared_folder() / folder, none))
            if (entry.path().extension() == ".xlsx" || entry.path().extension() == ".xlsm")
                found.push_back(entry.path());
    }
    return found;
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The rule by which an action is refused; "" when it is not.
std::string refusal(const std::function<void()>& act) {
    try {
        act();
    } catch (const input_refused& why) {
        CHECK(std::string(why.what()).find("plan.xlsx ") == 0);
        return why.rule();
    }
    return "";
}

std::string refusal_of(const std::string& bytes) {
    return refusal([&] { package::from_bytes(bytes, "plan.xlsx"); });
}

const std::vector<zip_record> three = {{"[Content_Types].xml", "<Types/>"},
                                       {"xl/workbook.xml", "<workbook/>"},
                                       {"xl/worksheets/sheet1.xml", "<worksheet/>"}};

} // namespace

TEST_CASE("package: real workbooks come back byte for byte, and refusals are named") {
    const auto files = real_workbooks();
    if (files.empty()) {
        MESSAGE("skipped: no ../shared/corpus and no RISKSHARE_SHARED");
        return;
    }
    std::size_t opened = 0, parts = 0;
    for (const auto& file : files) {
        CAPTURE(file.string());
        try {
            const package p = package::open(file);
            CHECK(p.bytes() == bytes_of(file));
            CHECK(p.with({}).bytes() == p.bytes());
            for (const std::string& part : p.part_names()) parts += p.has(part) && !p.read(part).empty();
            ++opened;
        } catch (const input_refused& why) {
            CHECK(why.rule().rfind("package.", 0) == 0);
            CHECK(std::string(why.what()).find(file.filename().string()) == 0);
        }
    }
    MESSAGE(opened << " of " << files.size() << " files opened, " << parts << " parts read");
    CHECK(opened * 10 > files.size() * 9);
}

TEST_CASE("package: part names compare without case, leading slash and kind of slash") {
    const package p =
        package::from_bytes(zip_of({{"[Content_Types].xml", "<Types/>"}, {"xl\\Workbook.xml", "<w/>"}}), "plan.xlsx");
    CHECK(p.has("/xl/workbook.xml"));
    CHECK(p.read("XL/WORKBOOK.XML") == "<w/>");
    CHECK(p.part_names()[1] == "xl/Workbook.xml");
    CHECK_FALSE(p.has("xl/styles.xml"));
    CHECK_THROWS_AS(p.read("xl/styles.xml"), precondition_violated);
}

TEST_CASE("package: a change leaves every other record as it was") {
    support::zip_options odd;
    odd.comment = "made by hand";
    auto records = three;
    records[0].local_extra = support::le(0xA220, 2) + support::le(4, 2) + "room";
    records[0].comment = "first";
    records[2].descriptor = true;
    for (const bool zip64 : {false, true})
        for (const char* before : {"", "#!/bin/sh\n"})
            for (const char* after : {"", "\r\n"}) {
                odd.zip64 = zip64;
                odd.before = before;
                odd.after = after;
                const std::string bytes = zip_of(records, odd);
                const package p = package::from_bytes(bytes, "plan.xlsx");
                CHECK(p.bytes() == bytes);
                auto expected = records;
                expected[1].data = "<workbook>longer</workbook>";
                expected[1].narrow = true;
                const package q = p.with({{"xl/workbook.xml", expected[1].data}});
                // The expectation is built by the test's own zip maker, not by the library.
                CHECK(q.bytes() == zip_of(expected, odd));
                CHECK(p.read("xl/workbook.xml") == "<workbook/>");
                CHECK(q.read("xl/worksheets/sheet1.xml") == "<worksheet/>");
                if (!zip64) CHECK(q.with({{"xl/workbook.xml", "<workbook/>"}}).bytes() == bytes);
            }
}

TEST_CASE("package: parts come and go, and the content a part has changes no byte") {
    const std::string bytes = zip_of(three);
    const package p = package::from_bytes(bytes, "plan.xlsx");
    CHECK(p.with({{"xl/workbook.xml", "<workbook/>"}}).bytes() == bytes);
    CHECK(p.with({{"xl/worksheets/sheet1.xml", "", true}}).bytes() == zip_of({three[0], three[1]}));
    const package grown = p.with({{"xl/calcChain.xml", "<calcChain/>"}});
    CHECK(grown.read("xl/calcChain.xml") == "<calcChain/>");
    CHECK(grown.part_names().size() == 4);
    CHECK(grown.with({{"xl/calcChain.xml", "", true}}).bytes() == bytes);
    CHECK_THROWS_AS(p.with({{"xl/none.xml", "", true}}), precondition_violated);
    CHECK_THROWS_AS(p.with({{"a", "1"}, {"A", "2"}}), precondition_violated);
    CHECK(refusal([&] { p.with({{"../up.xml", "1"}}); }) == "package.unsafe_name");
}

TEST_CASE("package: what is hostile or damaged is refused by name") {
    auto with_name = [](const std::string& name) { return zip_of({three[0], {name, "x"}}); };
    CHECK(refusal_of(with_name("../../etc/passwd")) == "package.unsafe_name");
    CHECK(refusal_of(with_name("/etc/passwd")) == "package.unsafe_name");
    CHECK(refusal_of(with_name("c:\\windows\\x.xml")) == "package.unsafe_name");
    CHECK(refusal_of(with_name("xl\\..\\..\\x.xml")) == "package.unsafe_name");
    CHECK(refusal_of(with_name("")) == "package.unsafe_name");
    CHECK(refusal_of(zip_of({three[0], three[1], three[1]})) == "package.duplicate_name");
    CHECK(refusal_of(zip_of({three[0], three[1], {"XL/workbook.xml", "x"}})) == "package.case_twin");

    auto one = [](const std::function<void(zip_record&)>& spoil) {
        auto records = three;
        spoil(records[1]);
        return zip_of(records);
    };
    CHECK(refusal_of(one([](zip_record& r) { r.flags = 1; })) == "package.encrypted");
    CHECK(refusal_of(one([](zip_record& r) { r.method = 12; })) == "package.method");
    CHECK(refusal_of(one([](zip_record& r) { r.local_name = "xl/other.xml"; })) == "package.mismatch");
    CHECK(refusal_of(one([](zip_record& r) { r.unpacked = 5; })) == "package.truncated");
    CHECK(refusal_of(one([](zip_record& r) { r.offset_add = 1; })) == "package.truncated");
    CHECK(refusal_of(one([](zip_record& r) { r.method = 8, r.unpacked = 20u << 20; })) == "package.ratio");
    CHECK(refusal_of(zip_of({three[0], {"big.xml", std::string(300u << 10, 'x'), 8, 0, 257u << 20}})) ==
          "package.too_large");

    const std::string bad_crc = one([](zip_record& r) { r.crc = 1; });
    CHECK(refusal([&] { package::from_bytes(bad_crc, "plan.xlsx").read("xl/workbook.xml"); }) == "package.crc");
    const std::string no_deflate = one([](zip_record& r) { r.method = 8, r.unpacked = 100; });
    CHECK(refusal([&] { package::from_bytes(no_deflate, "plan.xlsx").read("xl/workbook.xml"); }) == "package.corrupt");
    // "abc" deflated with fixed codes is 4B 4C 4A 06 00.
    const std::string abc("\x4B\x4C\x4A\x06\x00", 5);
    const auto deflated = [&](std::uint32_t size) {
        return zip_of({three[0], {"a.xml", abc, 8, 0, size, support::crc_of("abc")}});
    };
    CHECK(package::from_bytes(deflated(3), "plan.xlsx").read("a.xml") == "abc");
    CHECK(refusal([&] { package::from_bytes(deflated(2), "plan.xlsx").read("a.xml"); }) == "package.size");
    CHECK(refusal([&] { package::from_bytes(deflated(4), "plan.xlsx").read("a.xml"); }) == "package.corrupt");

    std::vector<zip_record> many(10'001, zip_record{"x", ""});
    for (std::size_t i = 0; i < many.size(); ++i) many[i].name += std::to_string(i);
    CHECK(refusal_of(zip_of(many)) == "package.too_many_parts");
    many.pop_back();
    CHECK(refusal_of(zip_of(many)) == "");
}

TEST_CASE("package: overlapping records are refused") {
    // The second entry of the directory points into the first record's data, which quotes a whole record.
    const std::string inner = zip_of({{"b.xml", "bbbb"}});
    const std::string quoted = inner.substr(0, 30 + 5 + 4);
    auto records = std::vector<zip_record>{{"a.xml", quoted}, {"b.xml", "bbbb"}};
    records[1].offset_add = static_cast<std::uint32_t>(0u - quoted.size());
    CHECK(refusal_of(zip_of(records)) == "package.overlap");
}

TEST_CASE("package: a file cut anywhere is refused") {
    support::zip_options wide;
    wide.zip64 = true;
    for (const std::string& bytes : {zip_of(three), zip_of(three, wide)})
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            CAPTURE(size);
            const std::string rule = refusal_of(bytes.substr(0, size));
            CHECK((rule == "package.truncated" || rule == "package.not_a_zip"));
        }
}

TEST_CASE("package: what is no workbook is told apart") {
    const std::string ole("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    const auto wide = [](std::string_view text) {
        std::string out;
        for (char c : text) (out += c) += '\0';
        return out;
    };
    CHECK(refusal_of(ole + wide("EncryptedPackage")) == "package.encrypted");
    CHECK(refusal_of(ole + wide("Workbook")) == "package.old_xls");
    CHECK(refusal_of("") == "package.not_a_zip");
    CHECK(refusal_of(zip_of({{"mimetype", "x"}, {"content.xml", "x"}})) == "package.open_document");
    CHECK(refusal_of(zip_of({three[0], {"xl/workbook.bin", "x"}})) == "package.xlsb");
    CHECK(refusal_of(zip_of({{"month 3/plan.xlsx", "x"}})) == "package.nested_workbook");
    const auto message = [](const std::string& bytes) -> std::string {
        try {
            package::from_bytes(bytes, "plan.xlsx");
        } catch (const input_refused& why) {
            CHECK(why.rule() == "package.not_a_zip");
            return why.what();
        }
        return "";
    };
    CHECK(message("Scheme,Plan\nA,1\n") ==
          "plan.xlsx is a CSV text, not a workbook. Open it in Excel and save it as .xlsx.");
    CHECK(message("<html><table>") ==
          "plan.xlsx is a web page (HTML), not a workbook. Open it in Excel and save it as .xlsx.");
    CHECK(message("%PDF-1.7") == "plan.xlsx is a PDF, not a workbook.");
}

TEST_CASE("package: a file that is missing or a folder is refused with what to do") {
    CHECK_THROWS_WITH_AS(package::open("no such plan.xlsx"), doctest::Contains("does not exist"), input_refused);
    CHECK_THROWS_WITH_AS(package::open("."), doctest::Contains("is a folder"), input_refused);
}
