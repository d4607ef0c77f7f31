#include "workbook/detail/formula_graph.hpp"

#include "workbook/detail/data_table.hpp"
#include "workbook/detail/relationships.hpp"
#include "workbook/detail/workbook_edit.hpp"

#include <algorithm>
#include <map>

namespace riskshare::workbook::detail {

namespace {

using node = formula::node;

/// Collects what a formula's tree reads.
class reads_collector {
public:
    reads_collector(evaluation& work, const std::string& home, formula_reads& into)
        : work_(work), home_(home), into_(into) {}

    void collect(const node& n, int depth = 0) {
        if (depth > 200) return;
        switch (n.kind) {
        case node::what::cells:
            add(n.cells.sheet, n.cells.cells);
            return;
        case node::what::sheets:
            add_sheets(n);
            return;
        case node::what::table:
            add_table(n.text);
            return;
        case node::what::name:
            add_name(n, depth);
            return;
        case node::what::range:
            add_span(n, depth);
            return;
        case node::what::call:
            if (n.text == "OFFSET" || n.text == "INDIRECT") into_.moves = true;
            if ((n.text == "SUMIF" || n.text == "AVERAGEIF") && n.parts.size() == 3) add_laid_on(n);
            break;
        default:
            break;
        }
        for (const node& part : n.parts) collect(part, depth + 1);
    }

private:
    void add(const std::string& sheet, const range& cells) {
        into_.ranges.emplace_back(sheet.empty() ? home_ : sheet, cells);
    }

    void add_sheets(const node& n) {
        try {
            for (const std::string& name : work_.names_between(n.cells.sheet, n.text)) add(name, n.cells.cells);
        } catch (const error_met&) {
        }
    }

    void add_table(const std::string& text) {
        try {
            const value v = work_.of_table(text);
            add(v.cells.in->cells.name(), v.cells.cells);
        } catch (const not_evaluated&) {
        } catch (const error_met&) {
        }
    }

    void add_name(const node& n, int depth) {
        try {
            const std::string& home = n.cells.sheet.empty() ? home_ : n.cells.sheet;
            if (const formula* meant = work_.meaning(n.text, home)) {
                const formula kept = *meant;
                reads_collector(work_, home, into_).collect(kept.root(), depth + 20);
            } else if (n.cells.sheet.empty() && work_.is_table(n.text)) {
                add_table(n.text + "[]");
            }
        } catch (const not_evaluated&) {
        } catch (const error_met&) {
        }
    }

    /// Everything between the ends, wherever they come to stand.
    void add_span(const node& n, int depth) {
        formula_reads ends;
        reads_collector(work_, home_, ends).collect(n.parts[0], depth + 1);
        reads_collector(work_, home_, ends).collect(n.parts[1], depth + 1);
        into_.moves = into_.moves || ends.moves;
        if (ends.ranges.empty()) return;
        auto [sheet, all] = ends.ranges.front();
        for (const auto& one : ends.ranges) {
            if (one.first != sheet) into_.ranges.push_back(one);
            all.first = {std::min(all.first.row, one.second.first.row),
                         std::min(all.first.column, one.second.first.column)};
            all.last = {std::max(all.last.row, one.second.last.row), std::max(all.last.column, one.second.last.column)};
        }
        into_.ranges.emplace_back(sheet, all);
    }

    /// SUMIF sums an area as large as the one that it looks at.
    void add_laid_on(const node& n) {
        const node &looked_at = n.parts[0], &summed = n.parts[2];
        if (looked_at.kind != node::what::cells || summed.kind != node::what::cells) return;
        const range shape = looked_at.cells.cells;
        range r = summed.cells.cells;
        r.last.row = std::min(last_row, r.first.row + (shape.last.row - shape.first.row));
        r.last.column = std::min(last_column, r.first.column + (shape.last.column - shape.first.column));
        add(summed.cells.sheet, r);
    }

    evaluation& work_;
    const std::string& home_;
    formula_reads& into_;
};

bool is_word(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '$' || c == '_' ||
           c == '.';
}

/// The references of a formula that no parser of ours reads: whatever looks like one.
void collect_loosely(std::string_view text, const std::string& home, formula_reads& into) {
    std::string sheet;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (c == '"') {
            const std::size_t close = text.find('"', i + 1);
            i = close == std::string_view::npos ? text.size() : close + 1;
        } else if (c == '\'') {
            const std::size_t close = text.find('\'', i + 1);
            if (close == std::string_view::npos) return;
            sheet = text.substr(i + 1, close - i - 1);
            i = close + 1 + (close + 1 < text.size() && text[close + 1] == '!');
        } else if (is_word(c)) {
            std::size_t end = i;
            while (end < text.size() && (is_word(text[end]) || text[end] == ':')) ++end;
            const std::string word(text.substr(i, end - i));
            i = end + 1;
            if (end < text.size() && text[end] == '!') {
                sheet = word;
                continue;
            }
            if (const auto cells = parse_range(word); cells && (end >= text.size() || text[end] != '('))
                into.ranges.emplace_back(sheet.empty() ? home : sheet, *cells);
            sheet.clear();
            i = end;
        } else {
            ++i;
        }
    }
}

} // namespace

formula_graph::formula_graph(const book& from, evaluation& work) : work_(work) {
    const package& p = from.source();
    for (const std::string& name : from.sheet_names()) {
        const std::string& part = from.part_of(name);
        if (part.empty() || !p.has(part) || part.find("/worksheets/") == std::string::npos) continue;
        if (has_formula(text_of(p, part), place_of(p, part))) add_formulas(name);
    }
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        const formula_reads reads = reads_of(nodes[i]);
        nodes[i].moves = reads.moves;
        for (const auto& [sheet, cells] : reads.ranges)
            if (from.has(sheet)) sheets[index_of(sheet)].readers.add(cells, i);
    }
    for (of_sheet& s : sheets) s.readers.build();
}

formula_graph::of_sheet* formula_graph::find(const std::string& sheet) {
    const auto found = by_name_.find(folded_text(sheet));
    return found == by_name_.end() ? nullptr : &sheets[found->second];
}

std::uint32_t formula_graph::index_of(const std::string& sheet) {
    const auto [found, fresh] = by_name_.try_emplace(folded_text(sheet), static_cast<std::uint32_t>(sheets.size()));
    if (fresh) {
        sheets.emplace_back();
        sheets.back().name = sheet;
    }
    return found->second;
}

void formula_graph::add_formulas(const std::string& sheet) {
    const std::uint32_t index = index_of(sheet);
    sheet_view& view = work_.view_of(sheet);
    sheets[index].view = &view;
    sheets[index].name = view.cells.name();
    std::map<address, range> arrays;
    for (const range& r : view.cells.array_ranges()) arrays.emplace(r.first, r);
    const std::span<const cell> cells = view.cells.cells();
    for (std::uint32_t i = 0; i < cells.size(); ++i) {
        if (!cells[i].has_formula) continue;
        formula_node n;
        n.sheet = index;
        n.cell = i;
        n.fills = {cells[i].at, cells[i].at};
        if (const auto found = arrays.find(cells[i].at); found != arrays.end()) {
            n.fills = found->second;
            n.array = true;
        }
        sheets[index].by_cell.emplace(i, static_cast<std::uint32_t>(nodes.size()));
        nodes.push_back(n);
    }
}

formula_reads formula_graph::reads_of(const formula_node& n) {
    formula_reads out;
    const cell& c = cell_of(n);
    const std::string& home = sheets[n.sheet].name;
    work_.set_home(home);
    work_.read.here = c.at;
    if (n.array && data_table_of(c.formula))
        for (const range& edge : edges_of(n.fills)) out.ranges.emplace_back(home, edge);
    const result<formula> parsed = parse_with_tables(c.formula);
    if (parsed)
        reads_collector(work_, home, out).collect(parsed->root());
    else
        collect_loosely(c.formula, home, out);
    return out;
}

} // namespace riskshare::workbook::detail
