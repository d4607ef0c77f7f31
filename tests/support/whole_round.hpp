// Everything a program can do with a workbook it was given: for probes, fuzzers and fault injection.
#ifndef RISKSHARE_TEST_WHOLE_ROUND_HPP
#define RISKSHARE_TEST_WHOLE_ROUND_HPP

#include <riskshare/workbook/patch.hpp>
#include <riskshare/workbook/stream.hpp>

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace riskshare::test {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool sanitised = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool sanitised = true;
#else
inline constexpr bool sanitised = false;
#endif
#else
inline constexpr bool sanitised = false;
#endif

/// Reads every part, sheet and cell; exchanges a part and opens the outcome again. Returns the warnings.
/// Throws `input_refused` as the library does, `std::logic_error` when a promise is broken.
std::vector<std::string> read_all(const workbook::package&);
/// The same, and edits cells.
std::vector<std::string> read_all_and_edit(const workbook::package&);

/// The stream tells every cell that the sheet holds, with the same text.
void stream_tells_the_same(const workbook::book&, const std::string& sheet);

/// After the edit, if it is not refused, every other cell of every sheet reads as before, save the results of formulas
/// that are said to depend on it, and the same edit again changes no byte.
void edit_touches_nothing_else(const workbook::book&, const workbook::edit&, const workbook::patch_options&);

// ---------------------------------------------------------------------------------------------------------------------

inline void promised(bool kept, const char* promise) {
    if (!kept) throw std::logic_error(promise);
}

inline void read_parts(const workbook::package& file) {
    for (const std::string& part : file.part_names()) (void)file.inflated(part);
}

inline void exchange_a_part(const workbook::package& file) {
    using workbook::package;
    if (file.part_names().empty()) return;
    const std::string part = file.part_names().back();
    const package changed = file.with({{part, "<changed/>"}, {"xl/added by a test.xml", "<added/>"}});
    promised(package::from_bytes(std::string(changed.bytes()), "changed").read(part) == "<changed/>",
             "a changed part holds its new content");
    promised(changed.read("XL/added by a test.xml") == "<added/>", "an added part holds its content");
    const package back = changed.with({{part, file.read(part)}, {"xl/added by a test.xml", "", true}});
    for (const std::string& other : file.part_names())
        promised(back.read(other) == file.read(other), "what was undone reads as before");
}

inline bool in_a_sheet(workbook::address at) {
    return at.row >= 1 && at.row <= workbook::last_row && at.column >= 1 && at.column <= workbook::last_column;
}

inline void read_cells(const workbook::sheet& sheet) {
    workbook::address before{0, 0};
    std::size_t dates = 0;
    for (const workbook::cell& cell : sheet.cells()) {
        promised(in_a_sheet(cell.at), "a cell lies within the sheet");
        promised(before < cell.at, "cells come row by row, each once");
        promised(cell.has_formula || cell.formula.empty(), "a formula is said to be there");
        before = cell.at;
        if (!sheet.is_date(cell) || cell.kind != workbook::cell_kind::number) continue;
        dates += workbook::date_of_serial(cell.text, false) ? 1 : 0;
        dates += workbook::date_of_serial(cell.text, true) ? 1 : 0;
    }
    for (const workbook::range& merged : sheet.merged())
        promised(in_a_sheet(merged.first) && in_a_sheet(merged.last), "a merged range lies within the sheet");
    const workbook::range used = sheet.used();
    promised(sheet.cells().empty() || (used.contains(sheet.cells().front().at) && sheet.find(before) != nullptr),
             "what is stored is used and found");
    for (std::uint32_t column = 1; column <= 64; ++column) dates += sheet.column_hidden(column);
    for (std::uint32_t row = 1; row <= 64; ++row) dates += sheet.row_hidden(row) + sheet.row(row).size();
    promised(dates != std::size_t(-1), "never");
}

inline void read_book(const workbook::book& book, std::vector<std::string>& warnings) {
    const auto add = [&](const std::vector<std::string>& more) {
        warnings.insert(warnings.end(), more.begin(), more.end());
    };
    add(book.warnings());
    for (const std::string& name : book.sheet_names()) {
        const workbook::sheet sheet = book.read(name);
        read_cells(sheet);
        add(sheet.warnings());
    }
}

inline void stream_tells_the_same(const workbook::book& book, const std::string& name) {
    const workbook::sheet sheet = book.read(name);
    std::map<workbook::address, std::string> last;
    workbook::cell_stream stream(book, name);
    while (const workbook::passing_cell* cell = stream.next()) {
        if (cell->kind == workbook::cell_kind::blank && cell->style == 0 && !cell->has_formula) continue;
        last[cell->at] = cell->text;
        (void)stream.formula();
    }
    promised(last.size() == sheet.cells().size(), "the stream tells as many cells as the sheet holds");
    for (const workbook::cell& cell : sheet.cells()) promised(last[cell.at] == cell.text, "with the same text");
}

inline void edit_touches_nothing_else(const workbook::book& book, const workbook::edit& wanted,
                                      const workbook::patch_options& options) {
    const auto outcome = workbook::apply(book, {wanted}, options);
    if (const auto* refused = std::get_if<workbook::refused_edits>(&outcome)) {
        promised(!refused->failures.empty(), "a refusal says why");
        return;
    }
    const workbook::package& changed = std::get<workbook::patched>(outcome).result;
    const workbook::patch_summary& summary = std::get<workbook::patched>(outcome).summary;
    std::map<std::string, std::map<workbook::address, bool>> said;
    for (const auto& r : summary.results) said[r.sheet][r.at] = true;
    for (const auto& r : summary.lost) said[r.sheet][r.at] = true;
    const workbook::book after(workbook::package::from_bytes(std::string(changed.bytes()), "changed"));
    promised(after.sheet_names() == book.sheet_names(), "the sheets stay");
    for (const std::string& name : book.sheet_names()) {
        const workbook::sheet before = book.read(name), now = after.read(name);
        for (const workbook::cell& cell : before.cells()) {
            if ((name == wanted.sheet && cell.at == wanted.at) || said[name].count(cell.at) != 0) continue;
            const workbook::cell* found = now.find(cell.at);
            promised(found != nullptr && found->kind == cell.kind && found->text == cell.text,
                     "every other cell reads as before");
        }
    }
    workbook::patch_options again = options;
    again.overwrite_formulas = true;
    const auto second = workbook::apply(after, {wanted}, again);
    if (const auto* same = std::get_if<workbook::patched>(&second))
        promised(same->result.bytes() == changed.bytes(), "the same edit again changes no byte");
}

inline void edit_cells(const workbook::book& book) {
    using workbook::edit;
    for (const std::string& name : book.sheet_names()) {
        const std::pair<workbook::address, edit::what> wanted[] = {
            {{1, 1}, edit::what::number}, {{7, 3}, edit::what::text}, {{2, 2}, edit::what::clear}};
        for (const auto& [at, kind] : wanted) {
            edit one;
            one.sheet = name;
            one.at = at;
            one.kind = kind;
            one.value = kind == edit::what::number ? "17.25" : kind == edit::what::text ? "=not <a> formula" : "";
            edit_touches_nothing_else(book, one, {true});
        }
        return;
    }
}

inline std::vector<std::string> read_all(const workbook::package& file) {
    std::vector<std::string> warnings;
    read_parts(file);
    exchange_a_part(file);
    read_book(workbook::book(file), warnings);
    return warnings;
}

inline std::vector<std::string> read_all_and_edit(const workbook::package& file) {
    std::vector<std::string> warnings = read_all(file);
    edit_cells(workbook::book(file));
    return warnings;
}

} // namespace riskshare::test

#endif
