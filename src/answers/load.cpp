#include "load.hpp"
#include "csv.hpp"
#include "whose.hpp"

#include <riskshare/detail/text.hpp>
#include <riskshare/directory_document.hpp>
#include <riskshare/document.hpp>
#include <riskshare/llr.hpp>
#include <riskshare/merge.hpp>

#include <algorithm>
#include <iterator>

namespace riskshare::answers {

std::optional<model> model_of(const std::string& bytes, const std::string& file) {
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || bytes[first] != '{') return std::nullopt;
    result<model> m = model_from_json(bytes, file);
    if (!m) throw input_refused(m.why().rule, m.why().message);
    return std::move(m).value();
}

namespace {

/// A list is text, and does not call itself a workbook.
bool is_list(const std::string& bytes, const std::string& file) {
    const std::string ending = detail::folded(extension(file));
    return ending != ".xlsx" && ending != ".xlsm" && bytes.rfind("PK", 0) != 0 &&
           (is_utf16(bytes) || bytes.find('\0') == std::string::npos);
}

/// Where the tables of one file stand; those of a kind that an earlier file has are not placed twice.
void note_places(const templates::read_result& read, templates::mapping& into, std::vector<finding>& findings) {
    for (const auto& [name, table] : read.placed.tables) into.tables.emplace(name, table);
    for (const std::string& name : read.not_placed)
        findings.push_back({"mapping.not_placed", severity::note,
                            "several tables of " + name +
                                ", or one by delivery risk, by status, in blocks or with rows and columns exchanged, "
                                "were read; a saved mapping does not place them"});
}

/// A mapping that names a sheet which no workbook has would be silently of no use.
void say_sheets_missing(const templates::mapping& map, loaded& in) {
    if (in.books.empty()) return;
    for (const auto& [name, table] : map.tables) {
        if (table.sheet.empty()) continue;
        const bool there = std::any_of(in.books.begin(), in.books.end(), [&, wanted = table.sheet](const auto& book) {
            const std::vector<std::string> sheets = book.sheet_names();
            return std::find(sheets.begin(), sheets.end(), wanted) != sheets.end();
        });
        if (there) continue;
        std::string sheets;
        for (const std::string& sheet : in.books.front().sheet_names())
            sheets += (sheets.empty() ? "\"" : ", \"") + sheet + "\"";
        in.findings.push_back(
            {"mapping.no_sheet",
             severity::error,
             "the mapping names the sheet \"" + table.sheet + "\" under [" + name + "], and no workbook has it",
             {provenance(in.books.front().source().name(), "")},
             "write its name as it stands: there are " + sheets});
    }
}

} // namespace

organisation_directory directory_of(const std::string& file, const console& from) {
    if (file.empty()) return organisation_directory().or_as_written();
    result<organisation_directory> read = read_directory(from.read(file), file);
    if (!read) throw input_refused(read.why().rule, read.why().message);
    return read->or_as_written();
}

templates::read_options reading(const input_options& o, const console& from) {
    templates::read_options options;
    options.directory = directory_of(o.directory, from);
    if (o.report_month != 0) options.month = riskshare::month(o.report_month);
    if (!o.unit.empty()) {
        options.unit_if_none = parse_unit(o.unit);
        if (!options.unit_if_none)
            throw input_refused("unit.unknown", "--unit \"" + o.unit + "\" is not a unit; write £, £000 or £m");
    }
    if (!o.map.empty()) {
        result<templates::mapping> map = templates::parse_mapping(from.read(o.map), o.map);
        if (!map) throw input_refused(map.why().rule, map.why().message);
        options.map = std::move(map).value();
        options.directory = options.directory.with_names(options.map.organisations);
    }
    return options;
}

loaded load(const input_options& o, console& to, workbook_reader read_one, std::vector<text_file>* lists) {
    const templates::read_options options = reading(o, to);
    loaded out;
    out.map = options.map;
    templates::mapping placed = options.map;
    std::string unnamed; // the last file whose savings are nobody's by name
    for (const std::string& file : o.files) {
        std::string bytes = to.read(file);
        if (std::optional<model> m = model_of(bytes, file)) {
            merge(out.read, *std::move(m), out.findings);
            continue;
        }
        if (lists != nullptr && is_list(bytes, file)) {
            lists->push_back({file, std::move(bytes)});
            continue;
        }
        const workbook::book book = calculated_book_of(std::move(bytes), file);
        templates::read_result read = read_one(book, options);
        std::move(read.findings.begin(), read.findings.end(), std::back_inserter(out.findings));
        const bool nobody = read.read.savings && has_nobodys(*read.read.savings);
        if (nobody && !unnamed.empty()) {
            out.findings.push_back(nobodys(unnamed, book.source().name()));
            read.read.savings.reset();
        }
        if (nobody) unnamed = book.source().name();
        if (!o.save_map.empty()) note_places(read, placed, out.findings);
        merge(out.read, std::move(read.read), out.findings);
        out.books.push_back(book);
        out.schemes.push_back(std::move(read.schemes));
    }
    to.account_in_full = o.verbose;
    say_sheets_missing(options.map, out);
    join_resemblances(out.findings);
    if (!o.save_map.empty()) to.make(o.save_map, templates::to_toml(placed));
    if (o.verbose)
        for (const std::string& line : out.read.read_as) to.talk << "read " << line << "\n";
    return out;
}

sourced_weights weights_in_force(const model& m) {
    return m.weights.value_or(
        sourced_weights{llr::savings_weights(), "as in the LLR operational plan 2019/20, section 6", true});
}

} // namespace riskshare::answers
