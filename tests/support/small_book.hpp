// Small workbooks from the text of their parts.
#ifndef TESTS_SUPPORT_SMALL_BOOK_HPP
#define TESTS_SUPPORT_SMALL_BOOK_HPP

#include "support/zip_maker.hpp"

#include <riskshare/workbook/sheet.hpp>

#include <map>
#include <string>

namespace support {

using parts = std::map<std::string, std::string>;

inline const std::string main_namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
inline const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

inline std::string relations(const std::map<std::string, std::pair<std::string, std::string>>& of) {
    std::string xml = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    for (const auto& [id, link] : of)
        xml += "<Relationship Id=\"" + id + "\" Type=\"" + office + "/" + link.first + "\" Target=\"" + link.second +
               "\"/>";
    return xml + "</Relationships>";
}

inline std::string worksheet(const std::string& content) {
    return "<worksheet xmlns=\"" + main_namespace + "\" xmlns:r=\"" + office + "\">" + content + "</worksheet>";
}
inline std::string rows(const std::string& content) { return worksheet("<sheetData>" + content + "</sheetData>"); }

/// One sheet, 'Plan', whose part is `sheet`; `more` adds parts or replaces them, an empty text takes one away.
inline riskshare::workbook::book book_of(const std::string& sheet, const parts& more = {}) {
    parts all{
        {"[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"},
        {"_rels/.rels", relations({{"r1", {"officeDocument", "xl/workbook.xml"}}})},
        {"xl/workbook.xml", "<workbook xmlns=\"" + main_namespace + "\" xmlns:r=\"" + office +
                                "\"><sheets><sheet name=\"Plan\" sheetId=\"1\" r:id=\"s1\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels", relations({{"s1", {"worksheet", "worksheets/sheet1.xml"}},
                                                  {"t", {"sharedStrings", "sharedStrings.xml"}},
                                                  {"y", {"styles", "styles.xml"}}})},
        {"xl/worksheets/sheet1.xml", sheet},
        {"xl/sharedStrings.xml",
         "<sst xmlns=\"" + main_namespace + "\"><si><t>first</t></si><si><t>second</t></si></sst>"},
        {"xl/styles.xml", "<styleSheet xmlns=\"" + main_namespace + "\"/>"},
    };
    for (const auto& [name, text] : more) all[name] = text;
    std::vector<zip_record> records;
    for (const auto& [name, text] : all)
        if (!text.empty()) records.push_back({name, text});
    return riskshare::workbook::book(riskshare::workbook::package::from_bytes(zip_of(records), "plan.xlsx"));
}

inline riskshare::workbook::sheet plan_of(const std::string& sheet, const parts& more = {}) {
    return book_of(sheet, more).read("Plan");
}

/// UTF-16, little-endian, with or without its mark; for text in ASCII.
inline std::string utf16(const std::string& ascii, bool mark = true) {
    std::string bytes = mark ? "\xFF\xFE" : "";
    for (const char c : ascii) bytes += c, bytes += '\0';
    return bytes;
}

} // namespace support

#endif
