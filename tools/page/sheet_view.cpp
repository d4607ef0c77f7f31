// What each cell of a sheet shows a reader of Excel: the number in its format, the date, the text.
#include "sheet_view.hpp"

#include "detail/json_value.hpp"

#include <riskshare/workbook/number_format.hpp>

#include <algorithm>

namespace riskshare::page {

namespace {

using json = riskshare::json::value;
using namespace riskshare::workbook;

std::string dumped(const json& value) { return value.dump(0); }

const char* word_for(visibility shown) {
    return shown == visibility::visible ? "visible" : shown == visibility::hidden ? "hidden" : "very_hidden";
}

/// Runs of neighbours for which `hidden` holds, as [first,last].
template <class Hidden>
json runs(std::uint32_t last, const Hidden& hidden) {
    json out = json::array();
    std::uint32_t begun = 0;
    for (std::uint32_t i = 1; i <= last + 1; ++i) {
        const bool in = i <= last && hidden(i);
        if (in && begun == 0) begun = i;
        if (in || begun == 0) continue;
        out.push_back(json::array({begun, i - 1}));
        begun = 0;
    }
    return out;
}

std::string padded(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string shown_date(const cell& c, bool from_1904) {
    static const char* const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const result<calendar_date> date = date_of_serial(c.text, from_1904);
    if (!date) return std::string(c.text);
    return padded(date->day) + " " + months[date->month - 1] + " " + std::to_string(date->year);
}

json cell_json(const book& from, const sheet& in, const cell& c) {
    const std::string stored(c.text);
    std::string shown = stored;
    const char* kind = "t";
    if (c.kind == cell_kind::number) {
        const bool date = in.is_date(c);
        kind = date ? "d" : "n";
        if (date)
            shown = shown_date(c, from.dates_from_1904());
        else if (const result<std::string> text = displayed(stored, in.number_format(c)))
            shown = *text;
    } else if (c.kind == cell_kind::text) {
        shown = displayed_text(stored, in.number_format(c));
    } else if (c.kind == cell_kind::boolean) {
        kind = "b";
    } else if (c.kind == cell_kind::error) {
        kind = "e";
    }
    json out = json::array({c.at.column, kind, shown});
    if (c.has_formula || shown != stored) out.push_back(stored);
    if (c.has_formula) out.push_back("=" + std::string(c.formula));
    return out;
}

} // namespace

std::string refusal_json(const std::string& why) { return dumped(json{{"refused", why}}); }

std::string sheets_json(const book& from) {
    json sheets = json::array();
    for (const std::string& name : from.sheet_names()) {
        const sheet in = from.read(name);
        const bool empty = in.cells().empty();
        const address last = empty ? address{0, 0} : in.used().last;
        json merged = json::array();
        for (const range& r : in.merged()) merged.push_back(to_string(r));
        sheets.push_back({{"name", name},
                          {"visibility", word_for(in.shown())},
                          {"rows", last.row},
                          {"columns", last.column},
                          {"merged", merged},
                          {"hidden_rows", runs(last.row, [&](std::uint32_t i) { return in.row_hidden(i); })},
                          {"hidden_columns", runs(last.column, [&](std::uint32_t i) { return in.column_hidden(i); })},
                          {"filtered", in.filtered()}});
    }
    return dumped(json{{"sheets", sheets}});
}

std::string rows_json(const book& from, const sheet& in, std::uint32_t first, std::uint32_t last) {
    json rows = json::array();
    last = std::min(last, in.used().last.row);
    for (std::uint32_t row = std::max<std::uint32_t>(first, 1); row <= last; ++row) {
        json cells = json::array();
        for (const cell& c : in.row(row))
            if (c.kind != cell_kind::blank || c.has_formula) cells.push_back(cell_json(from, in, c));
        if (!cells.empty()) rows.push_back(json::array({row, cells}));
    }
    return dumped(json{{"rows", rows}});
}

} // namespace riskshare::page
