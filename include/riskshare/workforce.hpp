// Staff: whole-time equivalents and what they cost, substantive, bank and agency, against plan.
#ifndef RISKSHARE_WORKFORCE_HPP
#define RISKSHARE_WORKFORCE_HPP

#include <riskshare/counted.hpp>
#include <riskshare/detail/footing.hpp>
#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/period.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// Who works: on the body's own contract, from its bank of staff, from an agency; `all` of them together.
enum class staff_group : std::uint8_t { all, substantive, bank, agency };
const char* to_string(staff_group);

/// Whole-time equivalents of one group of staff against plan. More than planned is a positive difference, and is not
/// favourable. Source: NHS England's monthly provider workforce return.
struct workforce_line {
    std::string organisation = {};              ///< empty where nothing says whose they are
    std::string name = {};                      ///< of a division or profession, where the table has such lines
    std::optional<riskshare::month> month = {}; ///< nothing: the month of the report
    staff_group group = staff_group::all;
    cell_count plan = {}, actual = {}, forecast = {};
    bool is_total = false; ///< adds up bodies: never to be added to them
};
/// Actual less plan; nothing where one of them is blank.
std::optional<exact> over_plan(const workforce_line&);

/// Spending on pay, positive as it is printed.
struct pay_against_plan {
    cell_figure plan = {}, actual = {};
};
/// Plan less actual: an underspend is positive, and favourable.
std::optional<exact> under_plan(const pay_against_plan&);

/// What one group of staff costs. Source: the pay lines of NHS England's monthly provider finance return.
struct pay_line {
    std::string organisation = {}, name = {};
    std::optional<riskshare::month> month = {};
    staff_group group = staff_group::all;
    pay_against_plan in_month = {}, to_date = {}, full_year = {}; ///< actual of the full year: the forecast
    bool is_total = false;
};

/// All staff that are not substantive, bank and agency together ("workforce.total", "pay.total"), and bodies that do
/// not add up to their total.
std::vector<finding> review(const std::vector<workforce_line>&);
std::vector<finding> review(const std::vector<pay_line>&);

// ---------------------------------------------------------------------------------------------------------------------

inline const char* to_string(staff_group g) {
    static constexpr const char* names[] = {"all", "substantive", "bank", "agency"};
    return names[static_cast<std::size_t>(g)];
}

inline std::optional<exact> over_plan(const workforce_line& l) {
    if (!l.plan || !l.actual) return std::nullopt;
    return l.actual->number() - l.plan->number();
}

inline std::optional<exact> under_plan(const pay_against_plan& p) {
    if (!p.plan || !p.actual) return std::nullopt;
    return p.plan->value() - p.actual->value();
}

namespace detail {

template <class Line>
std::string staff_of(const Line& l, const char* what) {
    std::string text = what;
    if (!l.organisation.empty()) text += " of " + l.organisation;
    if (!l.name.empty()) text += ", " + l.name;
    if (l.month) text += ", " + to_string(*l.month);
    return text;
}

/// Whether `part` is one of those that `total` adds up: the groups of one body, or one group of the bodies.
template <class Line>
bool is_group_of(const Line& part, const Line& total) {
    return total.group == staff_group::all && part.group != staff_group::all &&
           part.organisation == total.organisation && part.name == total.name && part.month == total.month &&
           part.is_total == total.is_total;
}
template <class Line>
bool is_body_of(const Line& part, const Line& total) {
    return total.is_total && !part.is_total && part.group == total.group && part.month == total.month;
}

/// \param of the amount of a line, nothing where it is blank; \param add makes the finding of a sum that differs
template <class Line, class Of, class Add>
void review_staff(const std::vector<Line>& all, Of of, Add add) {
    for (const Line& total : all) {
        if (!of(total)) continue;
        for (auto is_part : {&is_group_of<Line>, &is_body_of<Line>}) {
            std::vector<const Line*> parts;
            bool given = true;
            for (const Line& part : all)
                if (is_part(part, total)) parts.push_back(&part), given = given && of(part);
            // A group that is not listed is not known to be nil, so a lone group proves nothing.
            if (given && parts.size() > 1) add(total, parts);
        }
    }
}

inline void add_count_finding(const workforce_line& total, const char* kind, const cell_count workforce_line::*of,
                              const std::vector<const workforce_line*>& parts, std::vector<finding>& out) {
    const counted& stated = *(total.*of);
    exact sum, room = stated.step();
    for (const workforce_line* p : parts) {
        sum += (p->*of)->number();
        room = std::min(room, (p->*of)->step());
    }
    const exact difference = stated.number() - sum;
    if (difference.is_zero()) return;
    const bool explained = abs(difference) <= room * ratio(static_cast<std::int64_t>(parts.size()) + 1, 2);
    const auto said = [](const exact& n) { return accounting(n, unit::pounds, 1); };
    finding f{"workforce.total", explained ? severity::note : severity::error,
              staff_of(total, "whole-time equivalents") + ", " + kind + ": the total reads " + said(stated.number()) +
                  ", its parts give " + said(sum) + (explained ? ": rounding" : "")};
    f.at.push_back(stated.at);
    for (const workforce_line* p : parts) f.at.push_back((p->*of)->at);
    f.verdict = explained ? verdict::rounding : verdict::real;
    if (!explained) f.advice = "correct the figure, or the part of it that is wrong";
    out.push_back(std::move(f));
}

} // namespace detail

inline std::vector<finding> review(const std::vector<workforce_line>& all) {
    std::vector<finding> out;
    struct kind {
        const char* name;
        cell_count workforce_line::*of;
    };
    for (const kind& k : {kind{"plan", &workforce_line::plan}, kind{"actual", &workforce_line::actual},
                          kind{"forecast", &workforce_line::forecast}}) {
        const auto of = k.of;
        detail::review_staff(
            all, [of](const workforce_line& l) { return (l.*of).has_value(); },
            [&](const workforce_line& total, const std::vector<const workforce_line*>& parts) {
                detail::add_count_finding(total, k.name, k.of, parts, out);
            });
    }
    return out;
}

inline std::vector<finding> review(const std::vector<pay_line>& all) {
    std::vector<finding> out;
    for (auto basis : {&pay_line::in_month, &pay_line::to_date, &pay_line::full_year})
        for (auto kind : {&pay_against_plan::plan, &pay_against_plan::actual})
            detail::review_staff(
                all, [=](const pay_line& l) { return (l.*basis.*kind).has_value(); },
                [&](const pay_line& total, const std::vector<const pay_line*>& parts) {
                    std::vector<figure> figures;
                    for (const pay_line* p : parts) figures.push_back(*(p->*basis.*kind));
                    detail::check_footing("pay.total", detail::staff_of(total, "pay") + ": the total",
                                          *(total.*basis.*kind), figures, out);
                });
    return out;
}

} // namespace riskshare

#endif
