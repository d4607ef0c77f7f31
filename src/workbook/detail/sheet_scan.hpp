// Walks the rows and cells of a sheet's part at the speed of memory, and says where each stands in the bytes.
#ifndef RISKSHARE_WORKBOOK_DETAIL_SHEET_SCAN_HPP
#define RISKSHARE_WORKBOOK_DETAIL_SHEET_SCAN_HPP

#include "workbook/detail/xml_scan.hpp"

#include <riskshare/workbook/cell.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace riskshare::workbook::detail {

/// A stretch of the part's text, [begin, end).
struct span {
    std::size_t begin = 0, end = 0;
};

/// A <row> as it is opened.
struct raw_row {
    std::uint32_t number = 0;    ///< counted on from the row before when the file gives none
    bool has_number = false;     ///< the file gives it
    std::string_view attributes; ///< raw
    span tag;                    ///< <row …>, or <row …/>
    bool self_closing = false;
};

/// A <c>, everything still escaped as it stands in the file. Views are empty when there is no such attribute or child.
struct raw_cell {
    address at;
    bool has_reference = false; ///< the file gives r="…"
    bool has_value = false;     ///< there is a <v>
    bool has_formula = false;   ///< there is a <f>
    bool has_inline = false;    ///< there is an <is>
    bool self_closing = false;
    std::uint32_t style = 0;
    std::string_view type;               ///< t="…"
    std::string_view attributes;         ///< all of them
    std::string_view value;              ///< between <v> and </v>
    std::string_view formula;            ///< between <f …> and </f>
    std::string_view formula_attributes; ///< of <f …>
    std::string_view inline_string;      ///< between <is> and </is>
    span whole;                          ///< <c …>…</c>
};

/// Calls `visit(tag, whole)` for each element that stands directly in the cell, which is not self-closing. `text` is
/// the part that the cell was read from.
template <class Visit>
void each_child(std::string_view text, const raw_cell& cell, std::string_view where, Visit visit) {
    for (std::size_t at = text.find('<', tag_at(text, cell.whole.begin, where).end); at < cell.whole.end;
         at = text.find('<', at)) {
        if (text[at + 1] == '!' || text[at + 1] == '?') {
            at = past_markup(text, at, where);
            continue;
        }
        const xml_tag tag = tag_at(text, at, where);
        if (tag.closing) return;
        at = past_element(text, tag, where, 4);
        visit(tag, span{tag.begin, at});
    }
}

/// The forward walk. Throws `input_refused` (rules "workbook.xml", "workbook.doctype", "workbook.depth",
/// "workbook.cell_reference", "workbook.row", "workbook.column", "workbook.style").
class sheet_scanner {
public:
    enum class event : std::uint8_t { row, cell, row_end, done };

    /// \param text the part in UTF-8 (`decoded`); must outlive the scanner.
    /// \pre the byte past its end is NUL, as in a std::string
    /// \param begin just past the tag <sheetData>, as `xml_reader` finds it.
    /// \param prefix of the root element: "" or "x:".
    /// \param where what messages call the part; must outlive the scanner.
    sheet_scanner(std::string_view text, std::size_t begin, std::string_view prefix, std::string_view where);

    event next();
    /// Only cells of this column are told from now on; the rest is skipped about twice as fast as `next` reads it.
    void only_column(std::uint32_t column) noexcept { only_column_ = column; }

    const raw_row& row() const noexcept { return row_; }
    const raw_cell& cell() const noexcept { return cell_; }
    /// How far the walk has come; after `done`: to </sheetData>.
    std::size_t reached() const noexcept { return static_cast<std::size_t>(at_ - base_); }
    /// After `row_end`: </row>; the tag itself when the row is self-closing.
    span row_close() const noexcept { return close_; }

private:
    template <std::size_t size>
    bool is(const char* name, const char (&local)[size]) const noexcept;
    void open_row(const char* p);
    const char* read_usual_cell(const char* p) noexcept;
    const char* read_cell_tag(const char* p);
    const char* read_children(const char* p);
    const char* read_value(const char* p);
    const char* read_formula(const char* p);
    const char* read_inline_string(const char* p);
    const char* passed_over(const char* p) noexcept;
    const char* skip_children(const char* p) const;
    const char* skip_child(const char* p) const;
    const char* leaf(const char* p, std::size_t name_size, std::string_view& content,
                     std::string_view& attributes) const;
    const char* find_tag(const char* p) const;
    const char* foreign_tag(const char* p);
    void place(std::string_view reference);
    [[noreturn]] void refuse(const char* rule, const std::string& why, const char* at) const;

    std::size_t offset(const char* p) const noexcept { return static_cast<std::size_t>(p - base_); }
    std::string_view text() const noexcept { return {base_, static_cast<std::size_t>(end_ - base_)}; }

    const char* base_;
    const char* end_;
    const char* at_;
    std::string prefix_;
    std::string_view where_;
    std::string_view declared_; ///< attributes of the root element, once they were needed
    std::uint32_t only_column_ = 0;
    std::uint32_t last_row_ = 0, last_column_ = 0;
    bool in_row_ = false, row_end_pending_ = false;
    std::size_t alternates_ = 0;
    std::array<bool, deepest> taken_{};
    raw_row row_;
    raw_cell cell_;
    span close_;
};

/// Finds <sheetData>: stands just past its tag; `self_closing()` when it is empty. False when the sheet has none.
/// What comes before it is told to `before`, an `xml_reader` each time just past an `open`, which may `skip` or not.
template <class Before>
bool find_sheet_data(xml_reader& reader, Before before) {
    for (auto e = reader.next(); e != xml_reader::event::end; e = reader.next()) {
        if (e != xml_reader::event::open) continue;
        if (reader.name() == "sheetData") return true;
        before(reader);
    }
    return false;
}

} // namespace riskshare::workbook::detail

#endif
