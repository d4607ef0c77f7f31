// Searching a workbook's sheets for tables of one shape.
#include "template/heading_block.hpp"
#include "template/savings_sheet.hpp"
#include "template/words/vocabulary.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace riskshare::templates::detail {

namespace {

/// Or where the column of names is headed as one of bodies, whoever they are.
layout_result headed_bodies(const grid& g, const shape& s, const layout_options& layout) {
    layout_result found = find_tables(g, s, layout);
    std::erase_if(found.tables, [&](const found_table& t) {
        const found_column* names = t.column(s.fields.front().id);
        return names == nullptr || !words::everyday_words().is(names->heading, words::term::body);
    });
    if (found.tables.empty()) found.findings.clear();
    return found;
}

} // namespace

std::vector<found_table> tables_of(const workbook::book& book, const shape& s, const std::string& mapped_name,
                                   const read_options& options, std::vector<finding>& findings) {
    const table_mapping* map = options.map.table(mapped_name);
    layout_options layout;
    layout.unit_if_none = options.unit_if_none;
    if (map != nullptr) layout.map = *map;
    std::unordered_map<std::string, bool> judged; // once for each text: names are compared slip by slip
    layout.known_label = [&](const std::string& label) {
        constexpr std::size_t longest_name = 120;
        if (label.size() > longest_name) return false;
        const auto [at, fresh] = judged.try_emplace(label);
        if (fresh) at->second = options.directory.recognise(label).has_value();
        return at->second;
    };
    std::vector<found_table> out;
    for (const std::string& name : book.sheet_names()) {
        if (!layout.map.sheet.empty() && layout.map.sheet != name) continue;
        const grid g(book.read(name), book.source().name());
        layout_result found = find_tables(g, s, layout);
        constexpr std::uint32_t most_exchanged = 500; // bodies that stand side by side
        if (found.tables.empty() && found.findings.empty() && layout.map.columns.empty() &&
            g.rows() <= most_exchanged) {
            // Exchanged rows and columns are believed only where every row names a known organisation or a total.
            layout.only_known = true;
            found = find_tables(g.transposed(), s, layout);
            layout.only_known = false;
            if (found.tables.empty() && found.findings.empty()) found = headed_bodies(g.transposed(), s, layout);
        }
        for (found_table& t : found.tables) {
            if (book.shown(name) != workbook::visibility::visible)
                findings.push_back({"table.hidden_sheet",
                                    severity::note,
                                    "the table of " + s.name + " stands on a hidden sheet, and was read",
                                    {t.at()}});
            out.push_back(std::move(t));
        }
        std::move(found.findings.begin(), found.findings.end(), std::back_inserter(findings));
    }
    return out;
}

namespace {

/// Whether known bodies stand one below the other soon below a place: a table of theirs.
bool bodies_below(const workbook::book& book, const provenance& at, const read_options& options) {
    constexpr std::uint32_t soon = 60;
    const grid g(book.read(at.sheet()), book.source().name());
    for (std::uint32_t c = 1; c <= g.columns(); ++c) {
        std::set<std::string> bodies;
        for (std::uint32_t row = at.row() + 1; row <= std::min(g.rows(), at.row() + soon); ++row)
            if (const std::optional<organisation_match> match = options.directory.recognise(g.text(row, c)))
                bodies.insert(match->code);
        if (bodies.size() > 1) return true;
    }
    return false;
}

} // namespace

std::vector<found_table> believed_tables(const workbook::book& book, const shape& s, const std::string& mapped_name,
                                         const read_options& options, belief believe, std::vector<finding>& findings) {
    if (options.map.table(mapped_name) != nullptr) return tables_of(book, s, mapped_name, options, findings);
    read_options whatever_unit = options;
    if (!whatever_unit.unit_if_none) whatever_unit.unit_if_none = unit::pounds;
    std::vector<finding> about;
    std::set<std::string> sheets;
    for (const found_table& t : tables_of(book, s, mapped_name, whatever_unit, about))
        if (believe(t, options)) sheets.insert(t.grid.place().sheet());
    for (const finding& f : about)
        if (f.rule == "table.ambiguous_column" && bodies_below(book, f.at.front(), options))
            sheets.insert(f.at.front().sheet());
    if (sheets.empty()) return {};
    about.clear();
    std::vector<found_table> out = tables_of(book, s, mapped_name, options, about);
    std::erase_if(out, [&](const found_table& t) { return !believe(t, options); });
    for (finding& f : about)
        if (!f.at.empty() && sheets.count(f.at.front().sheet()) != 0) findings.push_back(std::move(f));
    return out;
}

} // namespace riskshare::templates::detail
