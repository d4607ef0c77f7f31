#include <riskshare/workbook/patch.hpp>

#include "support/zip_maker.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace riskshare::workbook;
using riskshare::failure;
using what = edit::what;

namespace {

const std::string main_ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const std::string strict_ns = "http://purl.oclc.org/ooxml/spreadsheetml/main";
const std::string rel_ns = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const std::string package_ns = "http://schemas.openxmlformats.org/package/2006/";

const std::string styles_xml =
    "<styleSheet xmlns=\"" + main_ns +
    "\"><cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"1\"/><xf numFmtId=\"17\" fontId=\"1\"/>"
    "<xf numFmtId=\"49\"/></cellXfs></styleSheet>";

std::string sheet_xml(const std::string& inside) {
    return "<worksheet xmlns=\"" + main_ns + "\">" + inside + "</worksheet>";
}
std::string data(const std::string& rows) { return sheet_xml("<sheetData>" + rows + "</sheetData>"); }

/// A workbook of the usual parts, each of which may be given; "" leaves one out.
struct maker {
    std::map<std::string, std::string> parts;
    explicit maker(const std::string& sheet1) {
        parts["[Content_Types].xml"] = "<Types xmlns=\"" + package_ns +
                                       "content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                                       "<Override PartName=\"/xl/calcChain.xml\" ContentType=\"x\"/></Types>";
        parts["_rels/.rels"] =
            rels("<Relationship Id=\"r1\" Type=\"" + rel_ns + "/officeDocument\" Target=\"xl/workbook.xml\"/>");
        parts["xl/workbook.xml"] = "<workbook xmlns=\"" + main_ns + "\" xmlns:r=\"" + rel_ns +
                                   "\"><sheets><sheet name=\"Plan\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
        parts["xl/_rels/workbook.xml.rels"] = rels("<Relationship Id=\"r1\" Type=\"" + rel_ns +
                                                   "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                                                   "<Relationship Id=\"r2\" Type=\"" +
                                                   rel_ns + "/styles\" Target=\"styles.xml\"/>");
        parts["xl/styles.xml"] = styles_xml;
        parts["xl/worksheets/sheet1.xml"] = sheet1;
    }
    static std::string rels(const std::string& inside) {
        return "<Relationships xmlns=\"" + package_ns + "relationships\">" + inside + "</Relationships>";
    }
    maker& with_calc_chain() {
        parts["xl/calcChain.xml"] = "<calcChain/>";
        std::string& list = parts["xl/_rels/workbook.xml.rels"];
        list.insert(list.rfind("</"),
                    "<Relationship Id=\"r9\" Type=\"" + rel_ns + "/calcChain\" Target=\"/xl/calcChain.xml\"/>");
        return *this;
    }
    book made() const {
        std::vector<support::zip_record> records;
        for (const auto& [name, content] : parts) records.push_back({name, content});
        return book(package::from_bytes(support::zip_of(records), "plan.xlsx"));
    }
};

edit set(const char* cell, what kind, std::string value, std::string formula = {}) {
    edit e;
    e.sheet = "Plan";
    e.at = *parse_address(cell);
    e.kind = kind;
    e.value = std::move(value);
    e.formula = std::move(formula);
    return e;
}
edit number(const char* cell, std::string value) { return set(cell, what::number, std::move(value)); }
edit text(const char* cell, std::string value) { return set(cell, what::text, std::move(value)); }

patched done(const book& source, const std::vector<edit>& edits, bool overwrite = false) {
    auto outcome = apply(source, edits, {overwrite, true}); // results are recalculate_test's
    if (const auto* no = std::get_if<refused_edits>(&outcome)) FAIL(no->failures.front().message);
    return std::get<patched>(std::move(outcome));
}

std::string sheet_after(const std::string& before, const std::vector<edit>& edits, bool overwrite = false) {
    return done(maker(before).made(), edits, overwrite).result.read("xl/worksheets/sheet1.xml");
}

/// The rules by which edits are refused, in order.
std::string rules(const std::string& sheet, const std::vector<edit>& edits, bool overwrite = false) {
    const auto outcome = apply(maker(sheet).made(), edits, {overwrite, true});
    std::string all;
    if (const auto* no = std::get_if<refused_edits>(&outcome))
        for (const failure& f : no->failures) all += (all.empty() ? "" : " ") + f.rule;
    return all;
}

bool says(const patch_summary& summary, const std::string& what_it_says) {
    return std::any_of(summary.consequences.begin(), summary.consequences.end(),
                       [&](const std::string& s) { return s.find(what_it_says) != std::string::npos; });
}

const std::string grid =
    data("<row r=\"2\" spans=\"2:4\" ht=\"15\"><c r=\"B2\" s=\"1\"><v>10</v></c><c r=\"D2\" t=\"s\"><v>0</v></c>"
         "</row>\n<row r=\"5\"><c r=\"A5\"/></row>");

} // namespace

TEST_CASE("patch: a value takes the place of another and nothing else moves") {
    CHECK(
        sheet_after(grid, {number("B2", "12.50")}) ==
        data("<row r=\"2\" spans=\"2:4\" ht=\"15\"><c r=\"B2\" s=\"1\"><v>12.5</v></c><c r=\"D2\" t=\"s\"><v>0</v></c>"
             "</row>\n<row r=\"5\"><c r=\"A5\"/></row>"));
    CHECK(sheet_after(data("<row r=\"1\"><c t='b' r='A1' s='1' ><v>1</v></c></row>"), {number("A1", "7")}) ==
          data("<row r=\"1\"><c r='A1' s='1'><v>7</v></c></row>"));
    CHECK(sheet_after(data("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c></row>"), {set("A1", what::clear, "")}) ==
          data("<row r=\"1\"><c r=\"A1\" s=\"1\"/></row>"));
    CHECK(sheet_after(data("<row r=\"1\"><c r=\"A1\"><v>1</v><extLst><ext uri=\"x\"/></extLst></c></row>"),
                      {set("A1", what::boolean, "TRUE")}) ==
          data("<row r=\"1\"><c r=\"A1\" t=\"b\"><v>1</v><extLst><ext uri=\"x\"/></extLst></c></row>"));
}

TEST_CASE("patch: cells and rows that are not there come in the right order") {
    const patched p = done(maker(grid).made(), {number("E2", "5"), number("C2", "3"), number("A2", "1"),
                                                number("C3", "9"), number("A1", "0"), number("B9", "8")});
    CHECK(p.result.read("xl/worksheets/sheet1.xml") ==
          data("<row r=\"1\"><c r=\"A1\"><v>0</v></c></row>"
               "<row r=\"2\" spans=\"1:5\" ht=\"15\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" s=\"1\"><v>10</v></c>"
               "<c r=\"C2\"><v>3</v></c><c r=\"D2\" t=\"s\"><v>0</v></c><c r=\"E2\"><v>5</v></c></row>\n"
               "<row r=\"3\"><c r=\"C3\"><v>9</v></c></row>"
               "<row r=\"5\"><c r=\"A5\"/></row><row r=\"9\"><c r=\"B9\"><v>8</v></c></row>"));
    CHECK(p.summary.cells.size() == 6);
    // A new cell just before one that is set, and a new row just before one that changes.
    CHECK(sheet_after(data("<row r=\"2\" spans=\"2:2\"><c r=\"B2\"><v>1</v></c></row>"),
                      {number("B2", "5"), number("A2", "4"), number("C2", "6"), number("A1", "3")}) ==
          data("<row r=\"1\"><c r=\"A1\"><v>3</v></c></row><row r=\"2\" spans=\"1:3\"><c r=\"A2\"><v>4</v></c>"
               "<c r=\"B2\"><v>5</v></c><c r=\"C2\"><v>6</v></c></row>"));
    CHECK(p.summary.parts_changed == std::vector<std::string>{"xl/worksheets/sheet1.xml"});
}

TEST_CASE("patch: self-closing rows and sheets open up") {
    CHECK(sheet_after(sheet_xml("<sheetData/>"), {number("B2", "1"), number("A1", "2")}) ==
          data("<row r=\"1\"><c r=\"A1\"><v>2</v></c></row><row r=\"2\"><c r=\"B2\"><v>1</v></c></row>"));
    CHECK(sheet_after(data("<row r=\"2\" ht=\"15\"/>"), {number("C2", "1"), number("B2", "2")}) ==
          data("<row r=\"2\" ht=\"15\"><c r=\"B2\"><v>2</v></c><c r=\"C2\"><v>1</v></c></row>"));
}

TEST_CASE("patch: prefixed, strict, unnumbered, unordered and UTF-16 sheets are edited where they are") {
    const std::string prefixed = "<x:worksheet xmlns:x=\"" + strict_ns +
                                 "\"><x:dimension ref=\"A1\"/><x:sheetData><x:row r=\"1\">"
                                 "<x:c r=\"A1\"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    CHECK(sheet_after(prefixed, {number("A1", "2"), text("B2", "two")}) ==
          "<x:worksheet xmlns:x=\"" + strict_ns +
              "\"><x:dimension ref=\"A1:B2\"/><x:sheetData><x:row r=\"1\"><x:c r=\"A1\">"
              "<x:v>2</x:v></x:c></x:row><x:row r=\"2\"><x:c r=\"B2\" "
              "t=\"inlineStr\"><x:is><x:t>two</x:t></x:is></x:c></x:row>"
              "</x:sheetData></x:worksheet>");
    CHECK(sheet_after(data("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"),
                      {number("B1", "5"), number("B2", "6")}) ==
          data("<row><c><v>1</v></c><c><v>5</v></c></row><row><c><v>3</v></c><c r=\"B2\"><v>6</v></c></row>"));
    CHECK(sheet_after(data("<row r=\"3\"><c r=\"A3\"><v>3</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"),
                      {number("A1", "9"), number("A2", "2")}) ==
          data("<row r=\"2\"><c r=\"A2\"><v>2</v></c></row><row r=\"3\"><c r=\"A3\"><v>3</v></c></row>"
               "<row r=\"1\"><c r=\"A1\"><v>9</v></c></row>"));
    const auto wide = [](const std::string& narrow) {
        std::string out = "\xFF\xFE";
        for (const char c : narrow) (out += c) += '\0';
        return out;
    };
    const std::string cell = "<row r=\"1\"><c r=\"A1\"><v>";
    CHECK(sheet_after(wide(data(cell + "1</v></c></row>")), {number("A1", "2")}) ==
          wide(data(cell + "2</v></c></row>")));
    CHECK(sheet_after("\xEF\xBB\xBF" + data(cell + "1</v></c></row>"), {number("A1", "2")}) ==
          "\xEF\xBB\xBF" + data(cell + "2</v></c></row>"));
}

TEST_CASE("patch: the value a cell has changes no byte") {
    maker m(data(
        "<row r=\"1\"><c r=\"A1\"><v>4.4774E4</v></c><c r=\"B1\" t=\"inlineStr\"><is><r><t>a "
        "</t></r><r><t>b</t></r></is></c>"
        "<c r=\"C1\" t=\"b\"><v>1</v></c><c r=\"D1\" s=\"1\"><v>44773</v></c><c r=\"E1\"><f>A1*2</f><v>89548</v></c>"
        "<c r=\"F1\" s=\"1\"/><c r=\"G1\"><v>0.10000000000000001</v></c></row>"));
    const book source = m.made();
    const patched p =
        done(source, {number("A1", "44774"), text("B1", "a b"), set("C1", what::boolean, "TRUE"),
                      set("D1", what::date, "2022-07-31"), set("E1", what::formula, "89548.0", "A1*2"),
                      set("F1", what::clear, ""), set("Z9", what::clear, ""), number("G1", "0.10000000000000001")});
    CHECK(p.result.bytes() == source.source().bytes());
    CHECK(done(source, {set("E1", what::formula, "", "A1*2")}).result.bytes() == source.source().bytes());
    CHECK(p.summary.cells.empty());
    CHECK(p.summary.consequences.empty());
}

TEST_CASE("patch: text stays text") {
    const std::string one = "<row r=\"1\"><c r=\"A1\" s=\"2\"><v>1</v></c></row>";
    const auto cell = [&](const std::string& t) {
        return data("<row r=\"1\"><c r=\"A1\" s=\"2\" t=\"inlineStr\"><is>" + t + "</is></c></row>");
    };
    CHECK(sheet_after(data(one), {text("A1", "R&D <5 \"x\"")}) == cell("<t>R&amp;D &lt;5 &quot;x&quot;</t>"));
    CHECK(sheet_after(data(one), {text("A1", " two\nlines")}) == cell("<t xml:space=\"preserve\"> two\nlines</t>"));
    CHECK(sheet_after(data(one), {text("A1", "a\rb\x01"
                                             "c_x000D_d")}) == cell("<t>a_x000D_b_x0001_c_x005F_x000D_d</t>"));
    // Style 2 is the text format "@", so no mark is needed; style 0 needs one.
    CHECK(sheet_after(data(one), {text("A1", "=1+1")}) == cell("<t>=1+1</t>"));
    const patched p =
        done(maker(data("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")).made(), {text("A1", "=1+1"), text("B1", "-x")});
    CHECK(p.result.read("xl/worksheets/sheet1.xml") ==
          data("<row r=\"1\"><c r=\"A1\" s=\"3\" t=\"inlineStr\"><is><t>=1+1</t></is></c>"
               "<c r=\"B1\" s=\"3\" t=\"inlineStr\"><is><t>-x</t></is></c></row>"));
    CHECK(p.result.read("xl/styles.xml").find("count=\"4\"") != std::string::npos);
    CHECK(p.result.read("xl/styles.xml")
              .find("<xf numFmtId=\"49\"/><xf numFmtId=\"0\" fontId=\"1\" quotePrefix=\"1\"/></cellXfs>") !=
          std::string::npos);
    CHECK(says(p.summary, "quote prefix"));
    CHECK(book(p.result).read("Plan").find({1, 1})->text == "=1+1");
    CHECK_FALSE(book(p.result).read("Plan").find({1, 1})->has_formula);
}

TEST_CASE("patch: dates are serial numbers of the workbook's date system, in a date format") {
    // Excel and LibreOffice: 2022-07-31 is 44773, or 43311 in a workbook that counts from 1904; 1900-03-01 is 61.
    const std::string one = "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c><c r=\"B1\"><v>1</v></c></row>";
    maker m{data(one)};
    const patched p = done(m.made(), {set("A1", what::date, "2022-07-31"), set("B1", what::date, "1900-03-01")});
    CHECK(p.result.read("xl/worksheets/sheet1.xml") ==
          data("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44773</v></c><c r=\"B1\" s=\"3\"><v>61</v></c></row>"));
    CHECK(p.result.read("xl/styles.xml").find("<xf numFmtId=\"14\" fontId=\"1\" applyNumberFormat=\"1\"/></cellXfs>") !=
          std::string::npos);
    std::string& workbook = m.parts["xl/workbook.xml"];
    workbook.insert(workbook.find("<sheets>"), "<workbookPr date1904=\"1\"/>");
    CHECK(done(m.made(), {set("A1", what::date, "2022-07-31")})
              .result.read("xl/worksheets/sheet1.xml")
              .find("<v>43311</v>") != std::string::npos);
    CHECK(rules(data(one), {set("A1", what::date, "2022-02-30"), set("B1", what::date, "31/07/2022")}) ==
          "edit.not_a_date edit.not_a_date");
}

TEST_CASE("patch: a formula goes only when asked, and takes the calculation chain with it") {
    const std::string one = data("<row r=\"1\"><c r=\"A1\"><f>B1+1</f><v>3</v></c><c r=\"B1\"><v>2</v></c></row>");
    CHECK(rules(one, {number("A1", "3"), set("A1", what::clear, "")}) == "edit.twice edit.formula edit.formula");
    const book source = maker(one).with_calc_chain().made();
    const patched kept = done(source, {number("B1", "5")});
    CHECK(kept.result.has("xl/calcChain.xml"));
    CHECK(kept.result.read("xl/workbook.xml").find("</sheets><calcPr fullCalcOnLoad=\"1\"/></workbook>") !=
          std::string::npos);
    const patched gone = done(source, {number("A1", "3")}, true);
    CHECK(gone.result.read("xl/worksheets/sheet1.xml") ==
          data("<row r=\"1\"><c r=\"A1\"><v>3</v></c><c r=\"B1\"><v>2</v></c></row>"));
    CHECK_FALSE(gone.result.has("xl/calcChain.xml"));
    CHECK(gone.result.read("[Content_Types].xml").find("calcChain") == std::string::npos);
    CHECK(gone.result.read("xl/_rels/workbook.xml.rels").find("calcChain") == std::string::npos);
    CHECK(gone.result.read("xl/_rels/workbook.xml.rels").find("styles.xml") != std::string::npos);
    CHECK(says(gone.summary, "calculation chain was dropped"));
    CHECK(gone.summary.cells[0].before == "=B1+1");
    CHECK(gone.summary.cells[0].after == "3");
}

TEST_CASE("patch: the mark to recalculate stands where the order of elements wants it, once") {
    const std::string one = data("<row r=\"1\"><c r=\"A1\"><f>B1+1</f><v>3</v></c><c r=\"B1\"><v>2</v></c></row>");
    const auto workbook_after = [&](const std::string& tail) {
        maker m(one);
        std::string& workbook = m.parts["xl/workbook.xml"];
        workbook.insert(workbook.find("</workbook>"), tail);
        const std::string after = done(m.made(), {number("B1", "5")}).result.read("xl/workbook.xml");
        return after.substr(after.find("</sheets>") + 9);
    };
    CHECK(workbook_after("<definedNames/><pivotCaches/>") ==
          "<definedNames/><calcPr fullCalcOnLoad=\"1\"/><pivotCaches/></workbook>");
    CHECK(workbook_after("<calcPr calcId=\"191029\"/><extLst/>") ==
          "<calcPr calcId=\"191029\" fullCalcOnLoad=\"1\"/><extLst/></workbook>");
    CHECK(workbook_after("<calcPr fullCalcOnLoad='0' />") == "<calcPr fullCalcOnLoad=\"1\" /></workbook>");
    CHECK(workbook_after("<calcPr fullCalcOnLoad='1'/>") == "<calcPr fullCalcOnLoad='1'/></workbook>");
    const patched without = done(maker(grid).made(), {number("B2", "5")});
    CHECK(without.result.read("xl/workbook.xml") == maker(grid).parts["xl/workbook.xml"]);
}

TEST_CASE("patch: formulas are written with their result") {
    const std::string one = data("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    CHECK(sheet_after(one, {set("A1", what::formula, "7", "SUM(B1:B2)&\"<\"")}) ==
          data("<row r=\"1\"><c r=\"A1\"><f>SUM(B1:B2)&amp;&quot;&lt;&quot;</f><v>7</v></c></row>"));
    CHECK(sheet_after(one, {set("A1", what::formula, "x y", "T(B1)")}) ==
          data("<row r=\"1\"><c r=\"A1\" t=\"str\"><f>T(B1)</f><v>x y</v></c></row>"));
    CHECK(sheet_after(one, {set("A1", what::formula, "#DIV/0!", "1/0")}) ==
          data("<row r=\"1\"><c r=\"A1\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>"));
    CHECK(sheet_after(one, {set("A1", what::formula, "", "B1")}) ==
          data("<row r=\"1\"><c r=\"A1\"><f>B1</f></c></row>"));
    CHECK(rules(one, {set("A1", what::formula, "", "=B1"), set("B1", what::formula, "", "")}) ==
          "edit.not_a_formula edit.not_a_formula");
}

TEST_CASE("patch: a shared formula outlives the cell that kept it") {
    const std::string group =
        data("<row r=\"1\"><c r=\"A1\"><f t=\"shared\" ref=\"A1:A3\" si=\"0\">B1*$C$1</f><v>2</v></c></row>"
             "<row r=\"2\"><c r=\"A2\"><f t=\"shared\" si=\"0\"/><v>4</v></c></row>"
             "<row r=\"3\"><c r=\"A3\"><f t=\"shared\" si=\"0\"/><v>6</v></c></row>");
    const patched p = done(maker(group).made(), {number("A1", "1")}, true);
    CHECK(p.result.read("xl/worksheets/sheet1.xml") ==
          data("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
               "<row r=\"2\"><c r=\"A2\"><f t=\"shared\" si=\"0\" ref=\"A2:A3\">B2*$C$1</f><v>4</v></c></row>"
               "<row r=\"3\"><c r=\"A3\"><f t=\"shared\" si=\"0\"/><v>6</v></c></row>"));
    CHECK(book(p.result).read("Plan").find({3, 1})->formula == "B3*$C$1");
    CHECK(says(p.summary, "is now kept in A2"));
    // The heir is edited too: the next one takes over.
    CHECK(sheet_after(group, {number("A1", "1"), number("A2", "2")}, true).find("ref=\"A3\">B3*$C$1</f>") !=
          std::string::npos);
}

TEST_CASE("patch: what must not be broken is refused, all at once") {
    const std::string guarded = sheet_xml(
        "<sheetData><row r=\"1\"><c r=\"A1\"><f t=\"array\" ref=\"A1:A2\">B1:B2*2</f><v>2</v></c><c "
        "r=\"B1\"><v>1</v></c>"
        "<c r=\"C1\"><f>B1</f><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>4</v></c></row>"
        "<row r=\"4\"><c r=\"B4\"><f t=\"dataTable\" ref=\"B4:B5\" dt2D=\"0\" dtr=\"0\" r1=\"A1\"/><v>1</v></c></row>"
        "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"E1:F2\"/></mergeCells>");
    CHECK(rules(guarded, {number("A2", "5"), number("B5", "1"), number("C1", "9"), number("F2", "1"), number("E1", "1"),
                          number("D1", "1e309"), number("D2", "NaN"), text("D3", "\xFF"),
                          text("D4", std::string(32'768, 'x')), set("D5", what::boolean, "yes")}) ==
          "edit.formula edit.not_a_number edit.array edit.not_a_number edit.merged edit.bad_text edit.too_long "
          "edit.data_table "
          "edit.not_a_boolean");
    edit e = number("D1", "1");
    e.sheet = "Plans";
    edit styled = number("D1", "1");
    styled.style = 99;
    CHECK(rules(guarded, {e, styled}) == "edit.no_sheet edit.no_style");
    CHECK(rules(guarded, {number("A1", "1")}, true) == "edit.array");
    CHECK(rules(sheet_xml(""), {number("A1", "1")}) == "edit.no_cells");
    CHECK(rules(data("<row r=\"1\"><c r=\"A1\"/></row><row r=\"1\"><c r=\"A1\"/></row>"), {number("A1", "1")}) ==
          "edit.ambiguous");
    // One that cannot be made keeps all others from being made.
    const auto outcome = apply(maker(guarded).made(), {number("B1", "2"), number("C1", "3")});
    const auto& failures = std::get<refused_edits>(outcome).failures;
    CHECK(failures.size() == 1);
    CHECK(failures[0].message == "plan.xlsx 'Plan'!C1 holds the formula =B1, which is overwritten only when asked "
                                 "(--overwrite-formulas).");
    CHECK(failures[0].at.cell() == "C1");
}

TEST_CASE("patch: a protected sheet is edited and the summary says so") {
    const patched p = done(maker(sheet_xml("<sheetData/><sheetProtection sheet=\"1\"/>")).made(), {number("A1", "1")});
    CHECK(says(p.summary, "sheet 'Plan' is protected"));
}

TEST_CASE("patch: a table's heading stays text, and its column takes the name") {
    maker m(
        sheet_xml("<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Plan</t></is></c>"
                  "<c r=\"B1\" t=\"inlineStr\"><is><t>Actual</t></is></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c>"
                  "<c r=\"C2\"><f>SUM(Table1[Actual])</f><v>0</v></c></row></sheetData>"));
    const std::string table =
        "<table xmlns=\"" + main_ns +
        "\" name=\"Table1\" displayName=\"Table1\" ref=\"A1:B2\"><tableColumns>"
        "<tableColumn id=\"1\" name=\"Plan\"/><tableColumn id=\"2\" name=\"Actual\"/></tableColumns></table>";
    m.parts["xl/tables/table1.xml"] = table;
    m.parts["xl/worksheets/_rels/sheet1.xml.rels"] =
        maker::rels("<Relationship Id=\"t1\" Type=\"" + rel_ns + "/table\" Target=\"../tables/table1.xml\"/>");
    const book source = m.made();
    const patched p = done(source, {text("A1", "R&D plan"), number("A2", "5")});
    CHECK(
        p.result.read("xl/tables/table1.xml").find("name=\"R&amp;D plan\"/><tableColumn id=\"2\" name=\"Actual\"/>") !=
        std::string::npos);
    CHECK(says(p.summary, "column 'Plan' of the table 'Table1' is now called 'R&D plan'"));
    for (const edit& e : {number("A1", "5"), set("A1", what::clear, ""), text("A1", "ACTUAL"), text("B1", "Spent")}) {
        const auto outcome = apply(source, {e});
        CHECK(std::get<refused_edits>(outcome).failures.at(0).rule == "edit.table_header");
    }
    CHECK(done(source, {text("A1", "Plan")}).result.bytes() == source.source().bytes());
}

TEST_CASE("patch: the totals row of a table says the same in its cells and in the table") {
    maker m(sheet_xml("<sheetData><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Sum</t></is></c>"
                      "<c r=\"B2\"><f>SUBTOTAL(109,B1)</f><v>3</v></c></row></sheetData>"));
    m.parts["xl/tables/table1.xml"] =
        "<table xmlns=\"" + main_ns +
        "\" name=\"Table1\" displayName=\"Table1\" ref=\"A1:B2\" headerRowCount=\"0\" "
        "totalsRowCount=\"1\"><tableColumns>"
        "<tableColumn id=\"1\" name=\"Plan\" totalsRowLabel=\"Sum\"/>"
        "<tableColumn id=\"2\" name=\"Actual\" totalsRowFunction=\"sum\"/></tableColumns></table>";
    m.parts["xl/worksheets/_rels/sheet1.xml.rels"] =
        maker::rels("<Relationship Id=\"t1\" Type=\"" + rel_ns + "/table\" Target=\"../tables/table1.xml\"/>");
    const patched p = done(m.made(), {text("A2", "Total & more"), number("B2", "7"), number("A1", "1")}, true);
    CHECK(p.result.read("xl/tables/table1.xml").find("totalsRowLabel=\"Total &amp; more\"") != std::string::npos);
    CHECK(says(p.summary, "the totals row of the table 'Table1' is now labelled 'Total & more'"));
    CHECK(says(p.summary, "B2 held the total of column 'Actual' of the table 'Table1'"));
}

TEST_CASE("patch: new cells take the style of their row or column, others the one they are given") {
    const std::string styled = sheet_xml("<cols><col min=\"2\" max=\"3\" style=\"1\"/></cols><sheetData>"
                                         "<row r=\"1\" s=\"2\" customFormat=\"1\"/></sheetData>");
    edit given = number("C3", "1");
    given.style = 2;
    CHECK(sheet_after(styled, {number("B1", "1"), number("B2", "1"), given}) ==
          sheet_xml(
              "<cols><col min=\"2\" max=\"3\" style=\"1\"/></cols><sheetData>"
              "<row r=\"1\" s=\"2\" customFormat=\"1\"><c r=\"B1\" s=\"2\"><v>1</v></c></row>"
              "<row r=\"2\"><c r=\"B2\" s=\"1\"><v>1</v></c></row><row r=\"3\"><c r=\"C3\" s=\"2\"><v>1</v></c></row>"
              "</sheetData>"));
}

TEST_CASE("patch: the same edits give the same bytes") {
    const book source = maker(grid).made();
    const std::vector<edit> edits = {text("A9", "words"), number("B2", "3")};
    CHECK(done(source, edits).result.bytes() == done(source, edits).result.bytes());
}
