#include "workbook/detail/cell_values.hpp"
#include "workbook/detail/row_finder.hpp"
#include "workbook/detail/sheet_survey.hpp"
#include "workbook/detail/splice.hpp"

#include <algorithm>
#include <charconv>

namespace riskshare::workbook::detail {
namespace {

std::uint32_t number_of(const std::optional<std::string_view>& digits) {
    std::uint32_t value = 0;
    if (digits) std::from_chars(digits->data(), digits->data() + digits->size(), value);
    return value;
}

void survey_head(sheet_survey& found, const std::string& text, const xml_reader& reader) {
    if (reader.name() == "dimension") {
        const auto ref = raw_attribute(reader.attributes(), "ref");
        const auto area = ref ? parse_range(*ref) : result<range>(failure{});
        if (!area) return;
        found.dimension = *area;
        found.dimension_text = span_of(text, *ref);
    } else if (reader.name() == "col") {
        const std::string_view a = reader.attributes();
        if (const std::uint32_t style = number_of(raw_attribute(a, "style")); style != 0)
            found.columns.push_back({number_of(raw_attribute(a, "min")), number_of(raw_attribute(a, "max")), style});
    }
}

/// "I6:I11 K6": ranges that anybody may edit. One with a password of its own stays locked.
void take_open_ranges(sheet_survey& found, std::string_view attributes) {
    if (raw_attribute(attributes, "password") || raw_attribute(attributes, "hashValue")) return;
    const std::string_view all = raw_attribute(attributes, "sqref").value_or("");
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t end = std::min(all.find(' ', at), all.size());
        if (const auto area = parse_range(all.substr(at, end - at))) found.open.push_back(*area);
        at = end + 1;
    }
}

void survey_tail(sheet_survey& found, std::string_view text, const std::string& where) {
    const std::string merge = found.prefix + "mergeCell", protection = found.prefix + "sheetProtection",
                      open = found.prefix + "protectedRange";
    for (std::size_t at = text.find('<', found.data_end); at < text.size() - 1; at = text.find('<', at)) {
        if (text[at + 1] == '!' || text[at + 1] == '?') {
            at = past_markup(text, at, where);
            continue;
        }
        const xml_tag tag = tag_at(text, at, where);
        at = tag.end;
        if (tag.name == merge) {
            const auto area = parse_range(raw_attribute(tag.attributes, "ref").value_or(""));
            if (area) found.merged.push_back(*area);
        } else if (tag.name == protection) {
            const auto on = raw_attribute(tag.attributes, "sheet").value_or("0");
            found.is_protected = on == "1" || on == "true";
        } else if (tag.name == open) {
            take_open_ranges(found, tag.attributes);
        }
    }
}

/// The walk over rows and cells, which costs the time that a survey takes.
class walk {
public:
    walk(sheet_survey& found, const std::string& where, const std::vector<address>& cells)
        : found_(found), where_(where), cells_(cells), formulas_(where) {
        for (const address& a : cells)
            if (rows_.empty() || rows_.back() != a.row) rows_.push_back(a.row);
    }

    /// The same outcome without a look at the cells of other rows. False when the sheet is not that simple.
    bool run_by_rows(const std::string& text, std::size_t begin) {
        const auto rows = plain_rows(text, begin, found_.prefix);
        if (!rows) return false;
        std::vector<std::size_t> wanted;
        for (const std::size_t at : rows->tags) {
            const std::uint32_t number = number_of(raw_attribute(tag_at(text, at, where_).attributes, "r"));
            if (number == 0) { // counted, not numbered
                found_.new_row_at.clear();
                return false;
            }
            pass(number, at);
            if (asked(number)) wanted.push_back(at);
        }
        found_.has_formulas = rows->has_formulas;
        end_at(rows->data_end);
        for (const std::size_t at : wanted) {
            sheet_scanner scan(text, at, found_.prefix, where_);
            for (auto e = scan.next(); e != sheet_scanner::event::row_end; e = scan.next()) {
                if (e == sheet_scanner::event::row)
                    begin_row(scan.row(), true);
                else
                    take(scan.cell(), scan.row());
            }
            close(scan.row_close());
        }
        return true;
    }

    void run(sheet_scanner scan) {
        using event = sheet_scanner::event;
        for (auto e = scan.next(); e != event::done; e = scan.next()) {
            if (e == event::row)
                open(scan.row());
            else if (e == event::cell)
                take(scan.cell(), scan.row());
            else
                close(scan.row_close());
        }
        end_at(scan.reached());
    }

private:
    bool asked(std::uint32_t row) const { return std::binary_search(rows_.begin(), rows_.end(), row); }

    /// New rows stand before the first one with a greater number.
    void pass(std::uint32_t number, std::size_t at) {
        for (; next_ < rows_.size() && number > rows_[next_]; ++next_) found_.new_row_at.try_emplace(rows_[next_], at);
    }

    void end_at(std::size_t at) {
        found_.data_end = at;
        for (; next_ < rows_.size(); ++next_) found_.new_row_at.try_emplace(rows_[next_], at);
    }

    void open(const raw_row& row) {
        pass(row.number, row.tag.begin);
        begin_row(row, asked(row.number));
    }

    void begin_row(const raw_row& row, bool wanted) {
        current_.row = row;
        current_.cells.clear();
        wanted_ = wanted;
    }

    void take(const raw_cell& cell, const raw_row& row) {
        if (cell.has_formula) note(cell);
        const bool in_row = cell.at.row == row.number;
        if (in_row ? wanted_ : asked(cell.at.row)) current_.cells.push_back(cell);
    }

    void note(const raw_cell& cell) {
        found_.has_formulas = true;
        if (!cell.formula_attributes.empty()) {
            if (!cell.formula.empty()) formulas_.note(cell);
            if (const auto area = formula_reader::filled(cell))
                found_.filled.push_back(
                    {*area, cell.at, raw_attribute(cell.formula_attributes, "t").value_or("") == "dataTable"});
        }
        if (std::binary_search(cells_.begin(), cells_.end(), cell.at))
            found_.formulas.try_emplace(cell.at, formulas_.read(cell));
    }

    void close(span tag) {
        current_.close = tag;
        if (!wanted_ && current_.cells.empty()) return;
        // Some writers number the cells and not the rows.
        const bool by_cell = !current_.row.has_number && !current_.cells.empty();
        found_.rows[by_cell ? current_.cells.front().at.row : current_.row.number].push_back(current_);
    }

    sheet_survey& found_;
    const std::string& where_;
    const std::vector<address>& cells_;
    std::vector<std::uint32_t> rows_;
    std::size_t next_ = 0;
    formula_reader formulas_;
    surveyed_row current_;
    bool wanted_ = false;
};

} // namespace

std::uint32_t sheet_survey::column_style_of(std::uint32_t column) const noexcept {
    for (const column_style& c : columns)
        if (c.first <= column && column <= c.last) return c.style;
    return 0;
}

sheet_survey surveyed(const std::string& text, const std::string& where, const std::vector<address>& cells) {
    sheet_survey found;
    xml_reader reader(text, where);
    found.has_data = find_sheet_data(reader, [&](const xml_reader& at) { survey_head(found, text, at); });
    found.prefix = reader.prefix();
    if (!found.has_data) return found;
    found.data_tag = {reader.begin(), reader.end()};
    found.data_self_closing = reader.self_closing();
    found.data_end = reader.end();
    if (found.data_self_closing)
        for (const address& a : cells) found.new_row_at.try_emplace(a.row, found.data_end);
    else if (!walk(found, where, cells).run_by_rows(text, reader.end()))
        walk(found, where, cells).run(sheet_scanner(text, reader.end(), reader.prefix(), where));
    survey_tail(found, text, where);
    return found;
}

} // namespace riskshare::workbook::detail
