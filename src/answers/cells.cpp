#include "commands.hpp"
#include "detail/json_value.hpp"
#include "workbook_input.hpp"

#include <riskshare/error.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <algorithm>

namespace riskshare::answers {

namespace {

using namespace riskshare::workbook;

/// Which cells were asked for.
struct wanted {
    std::vector<std::string> sheets;
    std::optional<range> cells;
};

result<wanted> read_wanted(const book& from, const std::string& typed) {
    if (typed.empty()) return wanted{from.sheet_names(), {}};
    const auto known = [&](const std::string& name) -> std::optional<std::string> {
        for (const std::string& own : {name, without_quotes(name)})
            if (from.has(own)) return own;
        return std::nullopt;
    };
    if (const auto whole = known(typed)) return wanted{{*whole}, {}};
    const std::size_t mark = typed.rfind('!');
    const std::string name = typed.substr(0, mark);
    const auto sheet = known(name);
    if (!sheet) {
        std::string names;
        for (const std::string& own : from.sheet_names()) names += (names.empty() ? "'" : ", '") + own + "'";
        return failure{"tool.sheet",
                       from.source().name() + " has no sheet '" + without_quotes(name) + "'. It has " + names};
    }
    const result<range> cells = parse_range(typed.substr(mark + 1));
    if (!cells) return cells.why();
    return wanted{{*sheet}, *cells};
}

/// The date that a person sees in the cell, as 2022-07-31; empty for any other cell.
std::string date_in(const book& from, const sheet& in, const cell& c) {
    if (c.kind != cell_kind::number || !in.is_date(c)) return "";
    const result<calendar_date> date = date_of_serial(c.text, from.dates_from_1904());
    if (!date) return "";
    const auto padded = [](int value, std::size_t width) {
        const std::string digits = std::to_string(value);
        return std::string(width - std::min(width, digits.size()), '0') + digits;
    };
    return padded(date->year, 4) + "-" + padded(date->month, 2) + "-" + padded(date->day, 2);
}

// ---- CSV

std::string csv_field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

/// Whole days only: a time of day would be lost.
bool is_whole(std::string_view number) { return number.find_first_not_of("0123456789") == std::string::npos; }

std::string csv_value(const book& from, const sheet& in, const cell& c) {
    const std::string date = is_whole(c.text) ? date_in(from, in, c) : "";
    return csv_field(date.empty() ? std::string(c.text) : date);
}

/// Every line is as wide as the widest, unless the cells stand so far apart that the commas alone would fill a disk.
void print_csv(std::ostream& out, const book& from, const sheet& in, const std::optional<range>& asked) {
    constexpr std::uint64_t most_commas = 100'000'000;
    range area = asked.value_or(range{{1, 1}, in.used().last});
    if (in.cells().empty()) return;
    area.last.row = std::min(area.last.row, in.used().last.row);
    if (area.last.column == last_column) area.last.column = std::max(area.first.column, in.used().last.column);
    if (area.last.row < area.first.row) return;
    const std::uint64_t rows = area.last.row - area.first.row + 1, columns = area.last.column - area.first.column + 1;
    const bool pad = rows * columns <= most_commas;
    for (std::uint32_t row = area.first.row; row <= area.last.row; ++row) {
        std::uint32_t column = area.first.column;
        for (const cell& c : in.row(row)) {
            if (!area.contains(c.at) || c.kind == cell_kind::blank) continue;
            for (; column < c.at.column; ++column) out << ',';
            out << csv_value(from, in, c);
        }
        for (; pad && column < area.last.column; ++column) out << ',';
        out << '\n';
    }
}

// ---- JSON

const char* word_for(cell_kind kind) {
    switch (kind) {
    case cell_kind::number:
        return "number";
    case cell_kind::text:
        return "text";
    case cell_kind::boolean:
        return "boolean";
    case cell_kind::error:
        return "error";
    case cell_kind::blank:
        break;
    }
    return "blank";
}

const char* word_for(visibility shown) {
    if (shown == visibility::hidden) return "hidden";
    return shown == visibility::very_hidden ? "very_hidden" : "visible";
}

std::string json_value(const cell& c) {
    if (c.kind == cell_kind::blank) return "null";
    if (c.kind == cell_kind::boolean) return c.text == "TRUE" ? "true" : "false";
    return json::in_json(c.text);
}

void print_json_cell(std::ostream& out, const book& from, const sheet& in, const cell& c) {
    out << "{\"cell\":\"" << to_string(c.at) << "\",\"type\":\"" << word_for(c.kind)
        << "\",\"value\":" << json_value(c);
    const std::string date = date_in(from, in, c);
    if (!date.empty()) out << ",\"date\":\"" << date << '"';
    if (c.has_formula) out << ",\"formula\":" << json::in_json("=" + std::string(c.formula));
    out << ",\"format\":" << json::in_json(in.number_format(c)) << '}';
}

void print_json_sheet(std::ostream& out, const book& from, const sheet& in, const std::optional<range>& asked) {
    out << "{\"name\":" << json::in_json(in.name()) << ",\"visibility\":\"" << word_for(in.shown()) << "\",\"cells\":[";
    const char* between = "\n";
    for (const cell& c : in.cells()) {
        if ((asked && !asked->contains(c.at)) || (c.kind == cell_kind::blank && !c.has_formula)) continue;
        out << between;
        print_json_cell(out, from, in, c);
        between = ",\n";
    }
    out << "]}";
}

} // namespace

int run_cells(const cells_options& options, console& to) {
    const book from = book_of(to.read(options.workbook), options.workbook);
    for (const std::string& warning : from.warnings()) to.talk << "riskshare: warning: " << warning << "\n";
    const result<wanted> asked = read_wanted(from, options.range);
    if (!asked) {
        to.complain(asked.why().message);
        return wrong_use;
    }
    if (to.wants_json)
        to.json << "{\"schema\":\"riskshare.cells/1\",\"unit\":null,\"workbook\":"
                << json::in_json(from.source().name()) << ",\"sheets\":[";
    bool first = true;
    for (const std::string& name : asked->sheets) {
        const sheet in = from.read(name);
        for (const std::string& warning : in.warnings()) to.talk << "riskshare: warning: " << warning << "\n";
        if (to.wants_json) {
            if (!first) to.json << ",\n";
            print_json_sheet(to.json, from, in, asked->cells);
        }
        if (to.wants_text) {
            if (!first) to.out << "\n";
            if (asked->sheets.size() > 1) to.out << csv_field(in.name()) << '\n';
            print_csv(to.out, from, in, asked->cells);
        }
        first = false;
    }
    if (to.wants_json) to.json << "]}\n";
    return fine;
}

} // namespace riskshare::answers
