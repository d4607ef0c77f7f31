// Bodies of position.hpp.
#ifndef RISKSHARE_DETAIL_POSITION_BODY_HPP
#define RISKSHARE_DETAIL_POSITION_BODY_HPP

#include <riskshare/position.hpp>

#include <riskshare/detail/footing.hpp>

namespace riskshare {

inline std::optional<exact> variance(const plan_and_actual& figures) {
    if (!figures.plan || !figures.actual) return std::nullopt;
    return figures.actual->value() - figures.plan->value();
}

inline const char* to_string(line_nature n) {
    switch (n) {
    case line_nature::income:
        return "income";
    case line_nature::expenditure:
        return "expenditure";
    case line_nature::misalignment:
        return "misalignment";
    case line_nature::result:
        return "result";
    }
    return "";
}

namespace detail {

inline void collect_leaves(const std::vector<position_line>& lines, std::size_t line, std::size_t depth,
                           std::vector<std::size_t>& out) {
    if (depth > lines.size()) throw precondition_violated("position: \"" + lines[line].label + "\" adds itself");
    if (!lines[line].is_sub_total()) {
        out.push_back(line);
        return;
    }
    for (std::size_t part : lines[line].adds) {
        if (part >= lines.size()) throw precondition_violated("position: \"" + lines[line].label + "\" adds no line");
        collect_leaves(lines, part, depth + 1, out);
    }
}

} // namespace detail

inline position::position(std::vector<position_line> lines) : lines_(std::move(lines)) {
    for (std::size_t i = 0; i < lines_.size(); ++i) (void)leaves(i);
}

inline std::vector<std::size_t> position::leaves(std::size_t line) const {
    std::vector<std::size_t> out;
    detail::collect_leaves(lines_, line, 0, out);
    return out;
}

inline bool position::speaks_of(basis b) const {
    return std::any_of(lines_.begin(), lines_.end(),
                       [&](const position_line& l) { return l.on(b).plan || l.on(b).actual; });
}

inline basis position::main_basis() const {
    if (speaks_of(basis::to_date)) return basis::to_date;
    return speaks_of(basis::in_month)    ? basis::in_month
           : speaks_of(basis::full_year) ? basis::full_year
                                         : basis::to_date;
}

inline const position_line* position::bottom_line() const {
    std::vector<bool> added(lines_.size(), false);
    for (const position_line& l : lines_)
        for (std::size_t other : l.adds) added[other] = true;
    for (std::size_t i = lines_.size(); i-- > 0;)
        if (!added[i] && lines_[i].is_sub_total()) return &lines_[i];
    return lines_.empty() ? nullptr : &lines_.back();
}

inline position::amounts position::added_up(std::size_t line, basis b) const {
    amounts sum;
    for (std::size_t leaf : leaves(line)) {
        sum.plan += value_or_zero(lines_[leaf].on(b).plan);
        sum.actual += value_or_zero(lines_[leaf].on(b).actual);
    }
    return sum;
}

inline std::vector<position::part> position::by_organisation(basis b) const {
    std::vector<part> parts;
    part nobody;
    for (const position_line& l : lines_) {
        if (l.is_sub_total()) continue;
        part* to = &nobody;
        if (!l.organisation.empty()) {
            const auto found = std::find_if(parts.begin(), parts.end(),
                                            [&](const part& p) { return p.organisation == l.organisation; });
            to = found != parts.end() ? &*found : &parts.emplace_back(part{l.organisation, {}});
        }
        to->figures.plan += value_or_zero(l.on(b).plan);
        to->figures.actual += value_or_zero(l.on(b).actual);
    }
    parts.push_back(nobody);
    return parts;
}

namespace detail {

inline void check_column(const position& p, std::size_t line, const char* column,
                         const cell_figure& (*of)(const plan_and_actual&), basis b, std::vector<finding>& out) {
    const cell_figure& stated = of(p.lines()[line].on(b));
    if (!stated) return;
    std::vector<figure> parts;
    for (std::size_t part : p.lines()[line].adds)
        if (const cell_figure& f = of(p.lines()[part].on(b))) parts.push_back(*f);
    check_footing("position.sub_total", "\"" + p.lines()[line].label + "\" (" + column + ")", *stated, parts, out);
}

inline void check_sign(const position_line& l, const cell_figure& f, std::vector<finding>& out) {
    if (!f || f->written().is_zero()) return;
    const bool wrong = (l.nature == line_nature::income && f->written().is_negative()) ||
                       (l.nature == line_nature::expenditure && !f->written().is_negative());
    if (!wrong) return;
    finding found{"position.sign", severity::error,
                  "\"" + l.label + "\" is " + to_string(l.nature) + " and reads " + to_string(f->written()) + " " +
                      to_string(f->unit()) + ": income is positive, expenditure negative"};
    found.at = {f->at()};
    found.found = f->value();
    found.advice = "correct the sign, or the label";
    found.looks_like = resemblance::sign_slip;
    out.push_back(std::move(found));
}

/// Every leaf belongs in the bottom line once.
inline void check_coverage(const position& p, std::vector<finding>& out) {
    const position_line* bottom = p.bottom_line();
    if (bottom == nullptr || bottom->adds.empty()) return;
    std::vector<int> times(p.lines().size(), 0);
    for (std::size_t leaf : p.leaves(static_cast<std::size_t>(bottom - p.lines().data()))) ++times[leaf];
    for (std::size_t i = 0; i < times.size(); ++i) {
        const position_line& l = p.lines()[i];
        if (l.is_sub_total() || times[i] == 1) continue;
        finding f{times[i] == 0 ? "position.line_left_out" : "position.line_counted_twice", severity::error,
                  "\"" + l.label + "\" is " +
                      (times[i] == 0 ? "in no sub-total of" : "counted " + std::to_string(times[i]) + " times in") +
                      " \"" + bottom->label + "\""};
        if (const cell_figure& actual = l.on(p.main_basis()).actual) f.at.push_back(actual->at());
        f.looks_like = times[i] == 0 ? resemblance::omitted_line : resemblance::double_counted_line;
        out.push_back(std::move(f));
    }
}

} // namespace detail

inline std::vector<finding> review(const position& p) {
    std::vector<finding> out;
    for (basis b : {basis::to_date, basis::in_month, basis::full_year})
        if (p.speaks_of(b)) {
            std::vector<finding> more = review(p, b);
            std::move(more.begin(), more.end(), std::back_inserter(out));
        }
    return out;
}

inline std::vector<finding> review(const position& p, basis b) {
    std::vector<finding> out;
    const auto plan = [](const plan_and_actual& f) -> const cell_figure& { return f.plan; };
    const auto actual = [](const plan_and_actual& f) -> const cell_figure& { return f.actual; };
    for (std::size_t i = 0; i < p.lines().size(); ++i) {
        const position_line& l = p.lines()[i];
        const plan_and_actual& figures = l.on(b);
        if (!l.adds.empty()) {
            detail::check_column(p, i, "plan", plan, b, out);
            detail::check_column(p, i, "actual", actual, b, out);
        }
        detail::check_sign(l, figures.plan, out);
        detail::check_sign(l, figures.actual, out);
        if (figures.printed_variance && figures.plan && figures.actual)
            detail::check_difference("position.variance", "variance of \"" + l.label + "\"", *figures.printed_variance,
                                     *figures.actual, *figures.plan, out);
    }
    if (b == p.main_basis()) detail::check_coverage(p, out);
    return out;
}

inline month_alone in_month(const position& before, const position& now) {
    month_alone out;
    const auto less = [](const cell_figure& a, const cell_figure& b) -> std::optional<exact> {
        if (!a || !b) return std::nullopt;
        return a->value() - b->value();
    };
    for (const position_line& l : now.lines()) {
        const auto partner = std::find_if(before.lines().begin(), before.lines().end(), [&](const position_line& e) {
            return detail::folded(e.label) == detail::folded(l.label);
        });
        if (partner == before.lines().end()) {
            out.lines.push_back({l.label, std::nullopt, std::nullopt});
            finding f{"position.line_new", severity::warning,
                      "\"" + l.label + "\" is not in the month before, so its month alone cannot be told"};
            if (l.to_date.actual) f.at.push_back(l.to_date.actual->at());
            out.findings.push_back(std::move(f));
            continue;
        }
        out.lines.push_back(
            {l.label, less(l.to_date.plan, partner->to_date.plan), less(l.to_date.actual, partner->to_date.actual)});
    }
    return out;
}

inline std::vector<finding> review(const std::vector<organisation_position>& rows) {
    std::vector<finding> out;
    const auto column = [&](const char* name, auto of) {
        for (const organisation_position& total : rows) {
            if (!total.is_total || !of(total)) continue;
            std::vector<figure> parts;
            for (const organisation_position& row : rows)
                if (!row.is_total && of(row)) parts.push_back(*of(row));
            detail::check_footing("organisations.total", "\"" + total.organisation + "\" (" + name + ")", *of(total),
                                  parts, out);
        }
    };
    column("plan to date", [](const organisation_position& r) { return r.to_date.plan; });
    column("actual to date", [](const organisation_position& r) { return r.to_date.actual; });
    column("full-year plan", [](const organisation_position& r) { return r.full_year.plan; });
    column("forecast outturn", [](const organisation_position& r) { return r.full_year.actual; });
    for (const organisation_position& row : rows)
        if (row.to_date.printed_variance && row.to_date.plan && row.to_date.actual)
            detail::check_difference("organisations.variance", "variance of " + row.organisation,
                                     *row.to_date.printed_variance, *row.to_date.actual, *row.to_date.plan, out);
    return out;
}

} // namespace riskshare

#endif
