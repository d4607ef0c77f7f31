// One-sheet workbooks from rows of text, for tests that read what people type.
#ifndef RISKSHARE_TESTS_SUPPORT_SHEET_MAKER_HPP
#define RISKSHARE_TESTS_SUPPORT_SHEET_MAKER_HPP

#include "support/zip_maker.hpp"

#include <riskshare/provenance.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <cctype>
#include <string>
#include <vector>

namespace riskshare::test {

/// A cell is "" for blank, "=SUM(A1:A2) 12" for a formula and its stored result, digits for a number, else text.
inline std::string made_cell(const std::string& at, const std::string& content) {
    if (content.empty()) return "";
    const std::string open = "<c r=\"" + at + "\"";
    if (content.front() == '=') {
        const std::size_t space = content.rfind(' ');
        return open + "><f>" + content.substr(1, space - 1) + "</f><v>" + content.substr(space + 1) + "</v></c>";
    }
    const bool number = content.find_first_not_of("-.0123456789") == std::string::npos && content != "-";
    if (number) return open + "><v>" + content + "</v></c>";
    return open + " t=\"inlineStr\"><is><t>" + content + "</t></is></c>";
}

/// \param hidden_row counted from 1; 0 for none
inline workbook::book book_of(const std::vector<std::vector<std::string>>& rows, std::size_t hidden_row = 0) {
    const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string package = "http://schemas.openxmlformats.org/package/2006/";
    const std::string types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    std::string sheet = "<worksheet xmlns=\"" + main + "\"><sheetData>";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string row = std::to_string(i + 1);
        sheet += "<row r=\"" + row + (i + 1 == hidden_row ? "\" hidden=\"1\">" : "\">");
        for (std::size_t j = 0; j < rows[i].size(); ++j)
            sheet += made_cell(column_letters(static_cast<std::uint32_t>(j + 1)) + row, rows[i][j]);
        sheet += "</row>";
    }
    sheet += "</sheetData></worksheet>";
    const std::string relationship = "<Relationship Id=\"r1\" Type=\"" + office;
    const std::vector<support::zip_record> parts = {
        {"[Content_Types].xml",
         "<Types xmlns=\"" + package +
             "content-types\"><Default Extension=\"rels\" "
             "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override "
             "PartName=\"/xl/workbook.xml\" ContentType=\"" +
             types + "sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" + types +
             "worksheet+xml\"/></Types>"},
        {"_rels/.rels", "<Relationships xmlns=\"" + package + "relationships\">" + relationship +
                            "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
        {"xl/workbook.xml", "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + office +
                                "\"><sheets><sheet name=\"Plan\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"" + package + "relationships\">" + relationship +
                                           "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
        {"xl/worksheets/sheet1.xml", sheet},
    };
    return workbook::book(workbook::package::from_bytes(support::zip_of(parts), "plan.xlsx"));
}

} // namespace riskshare::test

#endif
