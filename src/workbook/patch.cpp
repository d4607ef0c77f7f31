#include <riskshare/workbook/patch.hpp>

#include <riskshare/workbook/calculated.hpp>

#include "workbook/detail/refusal.hpp"
#include "workbook/detail/relationships.hpp"
#include "workbook/detail/result_patch.hpp"
#include "workbook/detail/sheet_patch.hpp"
#include "workbook/detail/workbook_edit.hpp"

#include <algorithm>
#include <map>

namespace riskshare::workbook {
namespace {

using namespace detail;

std::string part_of_kind(const package& p, const std::string& workbook_part, std::string_view kind) {
    for (const relationship& r : relationships_of(p, workbook_part))
        if (r.type == kind && !r.external && !r.missing) return r.target;
    return "";
}

/// The sheet's name as the workbook spells it.
const std::string* spelled(const book& source, std::string_view name) {
    const auto& names = source.sheet_names();
    const auto found = std::find_if(names.begin(), names.end(), [&](const std::string& n) {
        return source.has(name) && source.part_of(n) == source.part_of(name);
    });
    return found == names.end() ? nullptr : &*found;
}

failure no_sheet(const book& source, const edit& e) {
    std::string names;
    for (const std::string& name : source.sheet_names()) names += (names.empty() ? "" : ", ") + in_quotes(name);
    const provenance at(source.source().name(), e.sheet, e.at.row, e.at.column);
    return {"edit.no_sheet", source.source().name() + " has no sheet " + in_quotes(e.sheet) + ". It has " + names + ".",
            at};
}

bool holds_formulas(const book& source, const std::map<std::string, std::vector<edit>>& edited) {
    const package& p = source.source();
    if (!part_of_kind(p, source.workbook_part(), "calcChain").empty()) return true;
    for (const std::string& name : source.sheet_names()) {
        const std::string& part = source.part_of(name);
        if (edited.count(name) != 0 || part.empty() || !p.has(part)) continue;
        if (has_formula(text_of(p, part), place_of(p, part))) return true;
    }
    return false;
}

void add_general_sentences(const package& p, patch_summary& summary, bool text_set) {
    const auto any = [&](std::string_view what) {
        const auto& names = p.part_names();
        return std::any_of(names.begin(), names.end(),
                           [&](const std::string& n) { return n.find(what) != std::string::npos; });
    };
    if (text_set)
        summary.consequences.push_back(
            "new text is stored in its cell (inline), so the shared strings are as they were");
    if (any("pivotCacheDefinition"))
        summary.consequences.push_back("pivot tables show what they showed until they are refreshed");
    if (any("_xmlsignatures/"))
        summary.consequences.push_back("the workbook was signed; the signature no longer holds");
}

/// Some programs store no results: a formula that adds up such cells is told once they are worked out, too.
recalculation with_missing_inputs(const book& now, recalculation fresh) {
    if (fresh.unknowns.empty()) return fresh;
    const book whole = calculated(book(now.source().with(result_changes(now, fresh))));
    std::vector<recalculation::unknown> left;
    for (recalculation::unknown& u : fresh.unknowns) {
        const sheet of = whole.read(u.where.sheet);
        const cell* c = of.find(u.where.at);
        if (c == nullptr || c->kind == cell_kind::blank)
            left.push_back(std::move(u));
        else
            fresh.results.push_back({u.where, c->kind, u.before, std::string(c->text)});
    }
    fresh.unknowns = std::move(left);
    const auto sheet_number = [&](const cell_place& p) {
        const auto& names = now.sheet_names();
        return std::find(names.begin(), names.end(), p.sheet) - names.begin();
    };
    std::stable_sort(fresh.results.begin(), fresh.results.end(), [&](const auto& a, const auto& b) {
        return a.where.sheet == b.where.sheet ? a.where.at < b.where.at : sheet_number(a.where) < sheet_number(b.where);
    });
    return fresh;
}

/// Formulas' results and what charts keep, after the cells of the summary have changed.
void bring_up_to_date(patched& done, std::vector<std::string>& parts) {
    std::vector<cell_place> changed;
    for (const auto& c : done.summary.cells) changed.push_back({c.sheet, c.at});
    const auto take = [&](const std::vector<package::change>& changes) {
        if (changes.empty()) return;
        done.result = done.result.with(changes);
        for (const package::change& c : changes)
            if (std::find(parts.begin(), parts.end(), c.part) == parts.end()) parts.push_back(c.part);
    };
    const book now(done.result);
    const recalculation fresh = with_missing_inputs(now, recalculated(now, changed));
    take(result_changes(now, fresh));
    for (const auto& r : fresh.results) {
        changed.push_back(r.where);
        done.summary.results.push_back({r.where.sheet, r.where.at, r.before, r.after});
    }
    for (const auto& u : fresh.unknowns) {
        changed.push_back(u.where);
        done.summary.lost.push_back({u.where.sheet, u.where.at, u.before, u.why});
    }
    take(chart_changes(book(done.result), changed, done.summary.consequences));
}

} // namespace

std::variant<patched, refused_edits> apply(const book& source, const std::vector<edit>& edits,
                                           const patch_options& options) {
    const package& p = source.source();
    refused_edits refused;
    std::map<std::string, std::vector<edit>> by_sheet;
    bool text_set = false;
    for (const edit& e : edits) {
        const std::string* name = spelled(source, e.sheet);
        if (name == nullptr)
            refused.failures.push_back(no_sheet(source, e));
        else
            by_sheet[*name].push_back(e);
        text_set = text_set || e.kind == edit::what::text;
    }

    style_editor styles(p, part_of_kind(p, source.workbook_part(), "styles"));
    std::optional<string_table> strings;
    const patch_context context{source, options, styles, [&]() -> const string_table& {
                                    const std::string part = part_of_kind(p, source.workbook_part(), "sharedStrings");
                                    if (!strings && part.empty()) strings.emplace();
                                    if (!strings) strings.emplace(text_of(p, part), place_of(p, part));
                                    return *strings;
                                }};
    patched done{p, {}};
    std::vector<package::change> changes;
    side_effects effects;
    bool formula_went = false, has_formulas = false;
    for (const auto& [name, of_sheet] : by_sheet) {
        sheet_patch sheet = patched_sheet(context, name, of_sheet);
        const auto move_all = [](auto& from, auto& to) {
            to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
        };
        move_all(sheet.failures, refused.failures);
        move_all(sheet.changes, changes);
        move_all(sheet.cells, done.summary.cells);
        move_all(sheet.sentences, done.summary.consequences);
        formula_went = formula_went || sheet.formula_went;
        has_formulas = has_formulas || sheet.has_formulas;
    }
    if (!refused.failures.empty()) return refused;
    if (changes.empty()) return done;

    if (styles.added() > 0) changes.push_back({styles.part(), styles.content()});
    if (formula_went) drop_calculation_chain(p, source.workbook_part(), effects);
    if (!recalculates_on_load(p, source.workbook_part()) && (has_formulas || holds_formulas(source, by_sheet)))
        ask_for_recalculation(p, source.workbook_part(), effects);
    for (package::change& c : effects.changes) changes.push_back(std::move(c));
    for (std::string& s : effects.sentences) done.summary.consequences.push_back(std::move(s));
    add_general_sentences(p, done.summary, text_set);
    done.result = p.with(changes);
    std::vector<std::string> parts;
    for (const package::change& c : changes) parts.push_back(c.part);
    if (!options.keep_results) bring_up_to_date(done, parts);
    done.summary.parts_changed = std::move(parts);
    return done;
}

} // namespace riskshare::workbook
