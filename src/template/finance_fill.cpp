// Putting another month's figures into the workbook of a finance report, wherever a figure was typed.
#include "template/finance_sheet.hpp"

#include <algorithm>
#include <set>

namespace riskshare::templates {

using riskshare::detail::folded;

namespace {

constexpr plan_and_actual position_line::*bases_of_line[] = {&position_line::to_date, &position_line::in_month,
                                                             &position_line::full_year};
constexpr plan_and_actual organisation_position::*bases_of_body[] = {
    &organisation_position::to_date, &organisation_position::in_month, &organisation_position::full_year};

/// Which line a label means: "Pay", or "Income: Other" where two lines are labelled alike.
bool is_named(const position_line& l, const std::string& label) {
    return folded(l.label) == folded(label) ||
           (!l.section.empty() && folded(l.section + ": " + l.label) == folded(label));
}

class report_filler {
public:
    explicit report_filler(const workbook::book& into) : book_(into) {}

    /// Every figure of a line or body that both reports give; a formula stays and is worked out again.
    void fill(const plan_and_actual& was, const plan_and_actual& now, bool positive) {
        put(was.plan, now.plan, positive);
        put(was.actual, now.actual, positive);
        put_variance(was, now);
    }

    void put(const cell_figure& was, const cell_figure& now, bool positive) {
        if (!was || !now || was->value() == now->value()) return;
        put(was->at(), was->unit(), positive ? -now->value() : now->value());
    }

    void put_where_blank(const cell_figure& was, const cell_figure& now, const provenance& at, const line_place& of) {
        if (!was && now) put(at, of.unit, of.written_positive ? -now->value() : now->value());
    }

    void put(const provenance& at, unit in, const exact& amount) {
        if (!at.known() || holds_formula(at)) return;
        const decimal value = rounded(amount, in, power_of_ten(in) + 2, rounding::half_even);
        if (exact(value, in) != amount)
            return tell("fill.fraction", severity::error, "£" + to_string(amount) + " is no whole number of pence",
                        {at});
        edits.push_back(
            {at.sheet(), {at.row(), at.column()}, workbook::edit::what::number, to_string(value.normalised())});
    }

    bool holds_formula(const provenance& at) {
        const workbook::cell* c = cell_of(at);
        return c != nullptr && c->has_formula;
    }

    void tell(const char* rule, severity s, const std::string& message, std::vector<provenance> at,
              const char* advice = "") {
        std::erase_if(at, [](const provenance& p) { return !p.known(); });
        findings.push_back({rule, s, message, std::move(at), advice});
    }

    std::vector<workbook::edit> edits;
    std::vector<finding> findings;

private:
    /// A variance that was typed keeps the sign that it was written with.
    void put_variance(const plan_and_actual& was, const plan_and_actual& now) {
        const std::optional<exact> before = variance(was), after = variance(now);
        if (!was.printed_variance || !before || !after || holds_formula(was.printed_variance->at())) return;
        const figure& printed = *was.printed_variance;
        const workbook::cell* c = cell_of(printed.at());
        const result<decimal> stored = c == nullptr ? result<decimal>(decimal()) : decimal_of_stored(c->text);
        const exact as_written = stored ? exact(*stored, printed.unit()) : printed.value();
        if (as_written == *before || as_written == -*before) {
            const exact wanted = as_written == *before ? *after : -*after;
            if (wanted != as_written) put(printed.at(), printed.unit(), wanted);
        } else if (*before != *after) {
            tell("fill.variance_left", severity::warning,
                 "the typed variance was not actual less plan, and was left as it was", {printed.at()},
                 "work it out anew, or put a formula there");
        }
    }

    const workbook::cell* cell_of(const provenance& at) {
        if (!at.known() || at.sheet().empty()) return nullptr;
        const auto read = sheets_.try_emplace(at.sheet(), book_.read(at.sheet())).first;
        return read->second.find({at.row(), at.column()});
    }

    const workbook::book& book_;
    std::map<std::string, workbook::sheet> sheets_;
};

/// Typed cells of the lines that `now` does not speak of stay as they are; that is said.
void fill_lines(report_filler& to, const finance_report& was, const finance_report& now) {
    std::set<const position_line*> used;
    for (std::size_t i = 0; i < was.system.lines().size(); ++i) {
        const position_line& line = was.system.lines()[i];
        const auto& others = now.system.lines();
        const auto same = std::find_if(others.begin(), others.end(), [&](const position_line& l) {
            return folded(l.label) == folded(line.label) && folded(l.section) == folded(line.section);
        });
        if (same == others.end()) {
            to.tell("fill.row_left", severity::warning,
                    "no line \"" + line.label + "\" is among the figures, so it was left as it is",
                    {was.places[i].actual});
            continue;
        }
        used.insert(&*same);
        const line_place& place = was.places[i];
        for (const auto of : bases_of_line) to.fill(line.*of, (*same).*of, place.written_positive);
        const plan_and_actual &before = line.on(was.system.main_basis()), &after = same->on(was.system.main_basis());
        to.put_where_blank(before.actual, after.actual, place.actual, place);
        to.put_where_blank(before.plan, after.plan, place.plan, place);
    }
    for (const position_line& l : now.system.lines())
        if (used.count(&l) == 0)
            to.tell("fill.no_line", severity::error, "the position has no line \"" + l.label + "\"", {},
                    "add the line to the workbook, or leave it out of the figures");
}

void fill_bodies(report_filler& to, const finance_report& was, const finance_report& now) {
    for (const organisation_position& body : was.organisations) {
        const auto same =
            std::find_if(now.organisations.begin(), now.organisations.end(), [&](const organisation_position& o) {
                return o.is_total == body.is_total && (o.is_total || o.organisation == body.organisation);
            });
        if (same == now.organisations.end()) continue;
        for (const auto of : bases_of_body) to.fill(body.*of, (*same).*of, false);
    }
}

} // namespace

filled_actuals report_edits(const workbook::book& into, const finance_report& was, const finance_report& now) {
    report_filler to(into);
    fill_lines(to, was, now);
    fill_bodies(to, was, now);
    return {std::move(to.edits), std::move(to.findings)};
}

filled_actuals fill_actuals(const workbook::book& into, const finance_report& report,
                            const std::vector<new_actual>& actuals) {
    filled_actuals out;
    const auto refuse = [&](const char* rule, const std::string& message, const provenance& at) {
        finding f{rule, severity::error, message};
        if (at.known()) f.at = {at};
        out.findings.push_back(std::move(f));
    };
    const basis main = report.system.main_basis();
    std::vector<position_line> lines = report.system.lines();
    const auto figures = [&](position_line& l) -> plan_and_actual& {
        return main == basis::in_month ? l.in_month : main == basis::to_date ? l.to_date : l.full_year;
    };
    for (const new_actual& a : actuals) {
        const auto named = [&](const position_line& l) { return is_named(l, a.label); };
        const auto line = std::find_if(lines.begin(), lines.end(), named);
        if (line == lines.end()) {
            refuse("fill.no_line", "the position has no line \"" + a.label + "\"", {});
            continue;
        }
        const line_place& place = report.places[static_cast<std::size_t>(line - lines.begin())];
        if (const auto twin = std::find_if(line + 1, lines.end(), named); twin != lines.end()) {
            refuse("fill.two_lines",
                   "two lines are labelled \"" + a.label + "\"; name one as \"" +
                       (line->section.empty() ? twin->section : line->section) + ": " + a.label + "\"",
                   place.actual);
            continue;
        }
        if (place.actual_is_formula) {
            refuse("fill.formula", "\"" + line->label + "\" is worked out by a formula, which stays", place.actual);
            continue;
        }
        const decimal value = rounded(a.amount, place.unit, power_of_ten(place.unit) + 2, rounding::half_even);
        if (exact(value, place.unit) != a.amount) {
            refuse("fill.fraction", "£" + to_string(a.amount) + " is no whole number of pence", place.actual);
            continue;
        }
        figures(*line).actual = figure(value, place.unit, place.actual);
    }
    // Typed totals follow their lines, as a formula would.
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool given = std::any_of(actuals.begin(), actuals.end(),
                                       [&](const new_actual& a) { return is_named(lines[i], a.label); });
        if (lines[i].adds.empty() || report.places[i].actual_is_formula || given) continue;
        const exact sum = position(lines).added_up(i, main).actual;
        figures(lines[i]).actual = detail::worked_out(sum, report.places[i].unit, report.places[i].actual);
    }
    finance_report now;
    now.system = position(std::move(lines));
    filled_actuals filled = report_edits(into, report, now);
    out.edits = std::move(filled.edits);
    std::move(filled.findings.begin(), filled.findings.end(), std::back_inserter(out.findings));
    return out;
}

} // namespace riskshare::templates
