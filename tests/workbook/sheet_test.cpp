#include <riskshare/workbook/sheet.hpp>

#include "support/small_book.hpp"

#include <doctest/doctest.h>

#include <functional>

using namespace riskshare::workbook;
using riskshare::input_refused;
using support::book_of;
using support::plan_of;
using support::rows;
using support::worksheet;

namespace {

std::string text_at(const sheet& in, const char* where) {
    const cell* found = in.find(*parse_address(where));
    return found == nullptr ? "(none)" : std::string(found->text);
}

std::string formula_at(const sheet& in, const char* where) {
    const cell* found = in.find(*parse_address(where));
    return found == nullptr ? "(none)" : std::string(found->formula);
}

std::string rule_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const input_refused& e) {
        return e.rule();
    }
    return "nothing refused";
}

std::string refused(const std::string& sheet, const support::parts& more = {}) {
    return rule_of([&] { plan_of(sheet, more); });
}

} // namespace

TEST_CASE("sheet: each type of cell is read as what it is") {
    const sheet s =
        plan_of(rows(R"(<row r="1"><c r="A1"><v>219385.12339215004</v></c><c r="B1" t="s"><v>1</v></c>)"
                     R"(<c r="C1" t="b"><v>1</v></c><c r="D1" t="e"><v>#REF!</v></c>)"
                     R"(<c r="E1" t="str"><f>A1&amp;"x"</f><v>a &lt; b</v></c>)"
                     R"(<c r="F1" t="inlineStr"><is><t>own</t></is></c><c r="G1" t="d"><v>2022-07-31</v></c>)"
                     R"(<c r="H1" s="3"/><c r="I1" t="n"><v> 7 </v></c></row>)"));
    CHECK(text_at(s, "A1") == "219385.12339215004");
    CHECK(s.find({1, 1})->kind == cell_kind::number);
    CHECK(text_at(s, "B1") == "second");
    CHECK(text_at(s, "C1") == "TRUE");
    CHECK(s.find({1, 3})->kind == cell_kind::boolean);
    CHECK(s.find({1, 4})->kind == cell_kind::error);
    CHECK(text_at(s, "E1") == "a < b");
    CHECK(formula_at(s, "E1") == "A1&\"x\"");
    CHECK(text_at(s, "F1") == "own");
    CHECK(text_at(s, "G1") == "44773"); // LibreOffice: =DATEVALUE("2022-07-31")
    CHECK(s.find({1, 8})->kind == cell_kind::blank);
    CHECK(s.find({1, 8})->style == 3);
    CHECK(text_at(s, "I1") == "7");
    CHECK(s.used() == range{{1, 1}, {1, 9}});
    CHECK(s.find({2, 1}) == nullptr);
}

TEST_CASE("sheet: cells and rows without a place count on, and those out of order are put in order") {
    const sheet s = plan_of(rows(R"(<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row>)"
                                 R"(<row r="9"><c r="B9"><v>5</v></c><c r="A9"><v>4</v></c></row>)"
                                 R"(<row r="3"><c><v>6</v></c></row><row><c><v>7</v></c></row>)"));
    CHECK(text_at(s, "A1") == "1");
    CHECK(text_at(s, "E1") == "3");
    CHECK(text_at(s, "A9") == "4");
    CHECK(text_at(s, "A3") == "6");
    CHECK(text_at(s, "A4") == "7");
    for (std::size_t i = 1; i < s.cells().size(); ++i) CHECK(s.cells()[i - 1].at < s.cells()[i].at);
    CHECK(s.row(9).size() == 2);
    CHECK(s.row(2).empty());
}

TEST_CASE("sheet: of a cell stored twice the later one is read, with a warning") {
    const sheet s = plan_of(rows(R"(<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>)"));
    CHECK(text_at(s, "A1") == "2");
    CHECK(s.cells().size() == 1);
    CHECK(s.warnings().size() == 1);
}

TEST_CASE("sheet: a shared formula reads in each cell as it would if typed there") {
    const sheet s = plan_of(rows(
        R"(<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$A$1+SUM(A$1:A1)+Rates!A1+"A1"+Tax_A1+LOG10(A1)+)"
        R"('It''s A1'!A1+T[A1]</f><v>0</v></c></row>)"
        R"(<row r="2"><c r="B2"><f t="shared" si="0"/><v>0</v></c></row>)"
        R"(<row r="3"><c r="C3"><f t="shared" si="0"/><v>0</v></c><c r="D3"><f t="shared" si="1"/></c></row>)"
        R"(<row r="4"><c r="D4"><f t="shared" si="1" ref="D3:D4">XFD4+A:B+4:5</f></c></row>)"
        R"(<row r="5"><c r="E5"><f t="shared" si="1"/></c><c r="F5"><f t="shared" si="9"/></c></row>)"));
    CHECK(formula_at(s, "B2") == "A2*$A$1+SUM(A$1:A2)+Rates!A2+\"A1\"+Tax_A1+LOG10(A2)+'It''s A1'!A2+T[A1]");
    CHECK(formula_at(s, "C3") == "B3*$A$1+SUM(B$1:B3)+Rates!B3+\"A1\"+Tax_A1+LOG10(B3)+'It''s A1'!B3+T[A1]");
    CHECK(formula_at(s, "D3") == "XFD3+A:B+3:4"); // its master comes later
    CHECK(formula_at(s, "E5") == "#REF!+B:C+5:6");
    CHECK(s.find({5, 6})->has_formula);
    CHECK(formula_at(s, "F5") == "");
    CHECK(s.warnings().size() == 1);
}

TEST_CASE("sheet: array formulas and data tables say which cells they fill") {
    const sheet s =
        plan_of(rows(R"(<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>2</v></c>)"
                     R"(<c r="C1"><f t="dataTable" ref="C1:D2" dt2D="1" dtr="1" r1="F1" r2="F2"/></c></row>)"));
    CHECK(formula_at(s, "A1") == "B1:B2*2");
    CHECK(formula_at(s, "C1") == "TABLE(F1,F2)");
    REQUIRE(s.array_ranges().size() == 2);
    CHECK(s.array_ranges()[1] == range{{1, 3}, {2, 4}});
}

TEST_CASE("sheet: runs of rich text are joined, phonetic guides left out, escapes undone, blanks kept") {
    const std::string strings =
        "<sst xmlns=\"" + support::main_namespace +
        "\"><si><r><rPr><b/></rPr><t xml:space=\"preserve\">Net </t></r><r><t>risk</t></r><rPh sb=\"0\" "
        "eb=\"1\"><t>x</t></rPh>"
        "</si><si><t>a_x000D_\nb_x005F_x000D_c</t></si><si/><si><t><![CDATA[<b>]]>&#163;</t></si></sst>";
    const sheet s = plan_of(rows(R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>)"
                                 R"(<c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c>)"
                                 R"(<c r="E1" t="inlineStr"><is><r><t> in</t></r><r><t>line </t></r></is></c></row>)"),
                            {{"xl/sharedStrings.xml", strings}});
    CHECK(text_at(s, "A1") == "Net risk");
    CHECK(text_at(s, "B1") == "a\r\nb_x000D_c");
    CHECK(text_at(s, "C1") == "");
    CHECK(s.find({1, 3})->kind == cell_kind::text);
    CHECK(text_at(s, "D1") == "<b>\u00A3");
    CHECK(text_at(s, "E1") == " inline ");
}

TEST_CASE("sheet: prefixes, strict namespaces, byte-order marks and UTF-16 make no difference") {
    const std::string plain =
        rows(R"(<row r="2"><c r="B2" t="inlineStr"><is><t>x</t></is></c><c r="C2"><f>B2</f><v>5</v></c></row>)");
    const std::string prefixed =
        "<x:worksheet xmlns:x=\"" + support::main_namespace +
        "\"><x:sheetData><x:row r=\"2\"><x:c r=\"B2\" t=\"inlineStr\"><x:is><x:t>x</x:t></x:is></x:c>"
        "<x:c r=\"C2\"><x:f>B2</x:f><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    std::string strict = plain;
    strict.replace(strict.find(support::main_namespace), support::main_namespace.size(),
                   "http://purl.oclc.org/ooxml/spreadsheetml/main");
    for (const std::string& part : {plain, prefixed, strict, "\xEF\xBB\xBF<?xml version=\"1.0\"?>" + plain,
                                    support::utf16(plain), support::utf16(prefixed, false)}) {
        const sheet s = plan_of(part);
        CAPTURE(part);
        CHECK(text_at(s, "B2") == "x");
        CHECK(text_at(s, "C2") == "5");
        CHECK(formula_at(s, "C2") == "B2");
    }
}

TEST_CASE("sheet: of alternate content the branch that is understood is read") {
    const auto sheet_with = [](const std::string& requires_what) {
        return "<worksheet xmlns=\"" + support::main_namespace +
               "\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:new=\"urn:new\" "
               "xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\"><sheetData>"
               "<mc:AlternateContent><mc:Choice Requires=\"" +
               requires_what +
               "\"><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></mc:Choice><mc:Fallback><row r=\"1\"><c "
               "r=\"A1\"><v>2</v></c>"
               "</row></mc:Fallback></mc:AlternateContent></sheetData></worksheet>";
    };
    CHECK(text_at(plan_of(sheet_with("new")), "A1") == "2");
    CHECK(text_at(plan_of(sheet_with("x14")), "A1") == "1");
    CHECK(text_at(plan_of(sheet_with("x14 new")), "A1") == "2");
}

TEST_CASE("sheet: what is hidden, merged, filtered and protected is told") {
    const sheet s = plan_of(worksheet(
        R"(<sheetFormatPr defaultRowHeight="15"/><cols><col min="2" max="3" width="9" hidden="1"/><col min="5" max="5" width="0"/></cols>)"
        R"(<sheetData><row r="1"/><row r="2" hidden="1"/><row r="3" ht="0" customHeight="1"/></sheetData>)"
        R"(<sheetProtection sheet="1"/><autoFilter ref="A1:B2"/><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>)"));
    CHECK_FALSE(s.row_hidden(1));
    CHECK(s.row_hidden(2));
    CHECK(s.row_hidden(3));
    CHECK_FALSE(s.row_hidden(4));
    for (std::uint32_t column = 1; column <= 6; ++column)
        CHECK(s.column_hidden(column) == (column == 2 || column == 3 || column == 5));
    CHECK(s.filtered());
    CHECK(s.is_protected());
    CHECK(s.merged() == std::vector<range>{{{1, 1}, {1, 3}}});
    const sheet other = plan_of(worksheet(R"(<sheetFormatPr zeroHeight="1"/><sheetData><row r="2"/></sheetData>)"));
    CHECK(other.row_hidden(1));
    CHECK_FALSE(other.row_hidden(2));
    CHECK_FALSE(other.is_protected());
}

TEST_CASE("sheet: a table's name, range and columns are read") {
    const support::parts more{
        {"xl/worksheets/_rels/sheet1.xml.rels", support::relations({{"r7", {"table", "../tables/table1.xml"}}})},
        {"xl/tables/table1.xml",
         "<table xmlns=\"" + support::main_namespace +
             "\" name=\"T\" displayName=\"Schemes\" ref=\"A1:B4\" totalsRowCount=\"1\"><tableColumns>"
             "<tableColumn name=\"Ref\"/><tableColumn name=\"Plan_x000a_&#163;\"/></tableColumns></table>"}};
    const sheet s =
        plan_of(worksheet(R"(<sheetData/><tableParts count="1"><tablePart r:id="r7"/></tableParts>)"), more);
    REQUIRE(s.tables().size() == 1);
    CHECK(s.tables()[0].name == "Schemes");
    CHECK(s.tables()[0].where == range{{1, 1}, {4, 2}});
    CHECK(s.tables()[0].has_totals);
    CHECK(s.tables()[0].columns == std::vector<std::string>{"Ref", "Plan\n\u00A3"});
}

TEST_CASE("sheet: number formats are found by style, the built-in ones too") {
    const std::string styles =
        "<styleSheet xmlns=\"" + support::main_namespace +
        "\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"#,##0.0,,;(#,##0.0,,)\"/></numFmts><cellStyleXfs>"
        "<xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/>"
        "<xf numFmtId=\"14\"/><xf numFmtId=\"4\"/></cellXfs></styleSheet>";
    const sheet s =
        plan_of(rows(R"(<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>1</v></c><c r="C1" s="2"><v>1</v></c>)"
                     R"(<c r="D1" s="3"><v>1</v></c><c r="E1" s="77"><v>1</v></c></row>)"),
                {{"xl/styles.xml", styles}});
    const char* expected[] = {"General", "#,##0.0,,;(#,##0.0,,)", "mm-dd-yy", "#,##0.00", "General"};
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(s.number_format(s.cells()[i]) == expected[i]);
        CHECK(s.is_date(s.cells()[i]) == (i == 2));
    }
}

TEST_CASE("book: sheets, names and the date system are read; sheet names compare without case") {
    const book b = book_of(
        rows(""),
        {{"xl/workbook.xml",
          "<workbook xmlns=\"" + support::main_namespace + "\" xmlns:r=\"" + support::office +
              "\"><workbookPr date1904=\"1\"/><sheets><sheet name=\"Plan\" sheetId=\"7\" r:id=\"s1\"/>"
              "<sheet name=\"Old\" sheetId=\"2\" state=\"veryHidden\" r:id=\"gone\"/></sheets>"
              "<definedNames><definedName name=\"Shares\">Plan!$B$9:$D$9</definedName>"
              "<definedName name=\"Area\" localSheetId=\"1\">Old!$A$1</definedName></definedNames></workbook>"}});
    CHECK(b.sheet_names() == std::vector<std::string>{"Plan", "Old"});
    CHECK(b.has("PLAN"));
    CHECK(b.shown("old") == visibility::very_hidden);
    CHECK(b.dates_from_1904());
    REQUIRE(b.defined_names().size() == 2);
    CHECK(b.defined_names()[0].refers_to == "Plan!$B$9:$D$9");
    CHECK(b.defined_names()[0].scope_sheet == "");
    CHECK(b.defined_names()[1].scope_sheet == "Old");
    CHECK(b.warnings().size() == 1); // 'Old' has no part
    CHECK(b.read("Old").cells().empty());
    CHECK_THROWS_AS(b.read("New"), riskshare::precondition_violated);
}

TEST_CASE("book: the workbook is found wherever the relationships say, however they write it") {
    for (const char* target : {"xl/workbook.xml", "/xl/workbook.xml", "./xl/../xl/workbook.xml", "xl\\workbook.xml"}) {
        CAPTURE(target);
        CHECK(
            book_of(rows(""), {{"_rels/.rels", support::relations({{"a", {"officeDocument", target}}})}}).has("Plan"));
    }
    const book moved = book_of(
        rows(R"(<row r="1"><c r="A1"><v>3</v></c></row>)"),
        {{"_rels/.rels", support::relations({{"a", {"officeDocument", "odd/place/wb.xml"}}})},
         {"odd/place/wb.xml", "<workbook xmlns=\"" + support::main_namespace + "\" xmlns:q=\"" + support::office +
                                  "\"><sheets><sheet name=\"S\" sheetId=\"1\" q:id=\"k\"/></sheets></workbook>"},
         {"odd/place/_rels/wb.xml.rels",
          support::relations({{"k", {"worksheet", "../../xl/worksheets/sheet1.xml"}}})}});
    CHECK(text_at(moved.read("S"), "A1") == "3");
    const book silent = book_of(rows(""), {{"_rels/.rels", ""}});
    CHECK(silent.has("Plan"));
    CHECK(silent.warnings().size() == 1);
}

TEST_CASE("book: a part that is referenced but missing is a warning") {
    const book b =
        book_of(worksheet("<sheetData/>"), {{"xl/worksheets/_rels/sheet1.xml.rels",
                                             support::relations({{"d", {"drawing", "../drawings/drawing1.xml"}}})}});
    REQUIRE(b.warnings().size() == 1);
    CHECK(b.warnings()[0].find("xl/drawings/drawing1.xml") != std::string::npos);
}

TEST_CASE("sheet: what cannot be read safely is refused by a named rule") {
    const auto cell_of = [](const std::string& cell) { return rows("<row r=\"1\">" + cell + "</row>"); };
    std::string deep;
    for (int i = 0; i < 200'000; ++i) deep += "<a>";
    CHECK(refused("<!DOCTYPE x>" + rows("")) == "workbook.doctype");
    CHECK(refused(support::utf16("<!DOCTYPE x>" + rows(""))) == "workbook.doctype");
    CHECK(refused(rows("<!DOCTYPE x>")) == "workbook.doctype");
    CHECK(refused(worksheet(deep)) == "workbook.depth");
    CHECK(refused(rows(deep)) == "workbook.depth");
    CHECK(refused(cell_of("<c r=\"A1\">" + deep)) == "workbook.depth");
    CHECK(refused(cell_of(R"(<c r="ZZZZ1"/>)")) == "workbook.column");
    CHECK(refused(cell_of(R"(<c r="XFE1"/>)")) == "workbook.column");
    CHECK(refused(cell_of(R"(<c r="XFD1"/><c/>)")) == "workbook.column");
    CHECK(refused(cell_of(R"(<c r="A1048577"/>)")) == "workbook.row");
    CHECK(refused(rows(R"(<row r="1048577"/>)")) == "workbook.row");
    CHECK(refused(rows(R"(<row r="1048576"/><row/>)")) == "workbook.row");
    CHECK(refused(rows(R"(<row r="0"/>)")) == "workbook.row");
    CHECK(refused(rows(R"(<row r="-1"/>)")) == "workbook.row");
    CHECK(refused(cell_of(R"(<c r="1A"/>)")) == "workbook.cell_reference");
    CHECK(refused(cell_of(R"(<c r="A1"><v>NaN</v></c>)")) == "workbook.number");
    CHECK(refused(cell_of(R"(<c r="A1"><v>1e309</v></c>)")) == "workbook.number");
    CHECK(refused(cell_of(R"(<c r="A1"><v>0x10</v></c>)")) == "workbook.number");
    CHECK(refused(cell_of(R"(<c r="A1" t="s"><v>2</v></c>)")) == "workbook.shared_string");
    CHECK(refused(cell_of(R"(<c r="A1" t="s"><v>-1</v></c>)")) == "workbook.shared_string");
    CHECK(refused(cell_of(R"(<c r="A1" t="b"><v>2</v></c>)")) == "workbook.boolean");
    CHECK(refused(cell_of(R"(<c r="A1" t="d"><v>2022-02-30</v></c>)")) == "workbook.date");
    CHECK(refused(cell_of(R"(<c r="A1" t="zz"><v>2</v></c>)")) == "workbook.cell_type");
    CHECK(refused(cell_of(R"(<c r="A1" s="x"/>)")) == "workbook.style");
    CHECK(refused(cell_of(R"(<c r="A1" t="str"><v>&bomb;</v></c>)")) == "workbook.entity");
    CHECK(refused(cell_of("<c r=\"A1\" t=\"str\"><v>\xC3</v></c>")) == "workbook.encoding");
    CHECK(refused(support::utf16(rows("")) + "x") == "workbook.encoding");
    CHECK(refused(rows(""), {{"_rels/.rels", ""}, {"xl/workbook.xml", ""}}) == "workbook.no_workbook");
    CHECK(refused(rows(""), {{"xl/workbook.xml", "<document/>"}}) == "workbook.not_a_workbook");
}

TEST_CASE("sheet: a part cut short anywhere is refused, never read beyond its end") {
    const std::string whole =
        rows(R"(<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"><f>A1</f><v>2</v></c><!-- c --></row>)");
    for (std::size_t size = 1; size + 1 < whole.size(); ++size) {
        CAPTURE(size);
        CHECK(refused(whole.substr(0, size)) == "workbook.xml");
    }
}

TEST_CASE("date_of_serial: both date systems, with the 29 February 1900 that never was") {
    struct row {
        const char* serial;
        bool from_1904;
        calendar_date date;
    };
    for (const row& r :
         {row{"1", false, {1900, 1, 1}}, row{"59", false, {1900, 2, 28}}, row{"60", false, {1900, 2, 29}},
          row{"61", false, {1900, 3, 1}}, row{"44774", false, {2022, 8, 1}}, row{"44774.999", false, {2022, 8, 1}},
          row{"2958465", false, {9999, 12, 31}}, row{"0", true, {1904, 1, 1}}, row{"43312", true, {2022, 8, 1}},
          row{"4.4774E4", false, {2022, 8, 1}}, row{"36584", false, {2000, 2, 28}},
          row{"36585", false, {2000, 2, 29}}}) {
        CAPTURE(r.serial);
        REQUIRE(date_of_serial(r.serial, r.from_1904));
        CHECK(*date_of_serial(r.serial, r.from_1904) == r.date);
    }
    for (const char* serial : {"", "x", "-1", "0", "0.5", "2958466", "1e9", "1e300", "NaN"}) {
        CAPTURE(serial);
        REQUIRE_FALSE(date_of_serial(serial, false));
        CHECK(date_of_serial(serial, false).why().rule == "workbook.date");
    }
}
