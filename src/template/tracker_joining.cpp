#include "template/tracker_joining.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace riskshare::templates::detail {

namespace text = riskshare::detail;

namespace {

std::string identity(const scheme& s) {
    return text::folded(s.organisation) + "\t" + text::folded(s.reference.empty() ? s.name : s.reference);
}

bool is_nothing(const scheme& s) { return planned(s).is_zero() && forecast_outturn(s).is_zero(); }

/// What makes a scheme the same one wherever it is listed: what it is called, and its figures.
std::string likeness(const scheme& s) {
    std::string out = text::folded(s.reference) + "\t" + text::folded(s.name) + "\t" + to_string(planned(s)) + "\t" +
                      to_string(forecast_outturn(s));
    for (int m = 1; m <= 12; ++m) out += "\t" + to_string(s.plan[month(m)]) + "\t" + to_string(s.actual[month(m)]);
    return out;
}

std::multiset<std::string> likenesses(const schemes_read& part) {
    std::multiset<std::string> out;
    for (const scheme& s : part.schemes)
        if (!is_nothing(s)) out.insert(likeness(s));
    return out;
}

class joiner {
public:
    joiner(std::vector<schemes_read>& parts, tracker_reading& into) : parts_(parts), into_(into) {
        for (std::size_t p = 0; p < parts_.size(); ++p) {
            actuals_.emplace_back();
            for (std::uint32_t row : parts_[p].actual_rows)
                actuals_[p].push_back({static_cast<std::uint32_t>(p), row, {}});
            for (std::size_t i = 0; i < parts_[p].month_rows.size(); ++i) {
                actuals_[p][i].lines = into_.month_rows.size();
                into_.month_rows.push_back(parts_[p].month_rows[i]);
            }
        }
        gone_.resize(parts_.size());
    }

    void join() {
        drop_repeated();
        join_actuals();
        for (std::size_t p = 0; p < parts_.size(); ++p)
            for (std::size_t i = 0; i < parts_[p].schemes.size() && !gone_[p]; ++i) {
                if (joined_.count({p, i}) != 0) continue;
                into_.read.add(parts_[p].schemes[i]);
                into_.actuals_at.push_back(actuals_[p][i]);
            }
    }

private:
    struct place {
        std::size_t part, row;
    };

    void join_actuals() {
        std::map<std::string, place> planned_only;
        for (std::size_t p = 0; p < parts_.size(); ++p)
            if (parts_[p].has_plan && !parts_[p].has_actual && !gone_[p])
                for (std::size_t i = 0; i < parts_[p].schemes.size(); ++i)
                    planned_only.emplace(identity(parts_[p].schemes[i]), place{p, i});
        for (std::size_t p = 0; p < parts_.size(); ++p) {
            if (parts_[p].has_plan || planned_only.empty()) continue;
            for (std::size_t i = 0; i < parts_[p].schemes.size(); ++i) {
                const scheme& s = parts_[p].schemes[i];
                const auto found = planned_only.find(identity(s));
                if (found == planned_only.end()) continue;
                scheme& plan = parts_[found->second.part].schemes[found->second.row];
                plan.actual = s.actual;
                plan.stated.forecast = s.stated.forecast;
                plan.stated.actual_to_date = s.stated.actual_to_date;
                actuals_[found->second.part][found->second.row] = actuals_[p][i];
                planned_only.erase(found);
                joined_.emplace(p, i);
            }
        }
    }

    void drop_repeated() {
        const auto planned = [](const schemes_read& p) { return p.has_plan; };
        if (std::count_if(parts_.begin(), parts_.end(), planned) < 2) return;
        std::vector<std::multiset<std::string>> like;
        for (const schemes_read& p : parts_) like.push_back(planned(p) ? likenesses(p) : std::multiset<std::string>());
        for (std::size_t p = 0; p < parts_.size(); ++p)
            for (std::size_t q = 0; q < parts_.size() && !gone_[p]; ++q) {
                if (p == q || gone_[q] || like[p].empty() || like[q].size() < like[p].size()) continue;
                if (std::includes(like[q].begin(), like[q].end(), like[p].begin(), like[p].end())) {
                    gone_[p] = true;
                    say_repeated(p, q);
                } else if (p < q || like[p].size() < like[q].size()) {
                    say_differing(p, q);
                }
            }
    }

    void say_repeated(std::size_t p, std::size_t q) {
        into_.findings.push_back({"tracker.repeated_schemes",
                                  severity::note,
                                  "the " + std::to_string(parts_[p].schemes.size()) + " schemes of \"" +
                                      parts_[p].table.sheet + "\" stand in \"" + parts_[q].table.sheet +
                                      "\" as well, and were read there",
                                  {parts_[p].schemes.front().at}});
    }

    /// More than half of a table's schemes under the same reference and name, and not the same figures.
    void say_differing(std::size_t p, std::size_t q) {
        std::map<std::string, const scheme*> there;
        for (const scheme& s : parts_[q].schemes)
            if (!s.reference.empty()) there.emplace(identity(s) + "\t" + text::folded(s.name), &s);
        std::vector<provenance> at;
        std::size_t named = 0, same = 0;
        for (const scheme& s : parts_[p].schemes) {
            if (s.reference.empty()) continue;
            ++named;
            const auto other = there.find(identity(s) + "\t" + text::folded(s.name));
            if (other == there.end()) continue;
            if (++same == 1) at = {s.at, other->second->at};
        }
        if (same * 2 <= named) return;
        into_.findings.push_back(
            {"tracker.repeated_schemes", severity::error,
             std::to_string(same) + " schemes stand both in \"" + parts_[p].table.sheet + "\" and in \"" +
                 parts_[q].table.sheet + "\", not all with the same figures; which of the two holds?",
             std::move(at),
             "name the sheet in a mapping (--map): [tracker] sheet = \"" + parts_[q].table.sheet + "\""});
    }

    std::vector<schemes_read>& parts_;
    tracker_reading& into_;
    std::vector<std::vector<actuals_place>> actuals_;      ///< of each part's schemes
    std::set<std::pair<std::size_t, std::size_t>> joined_; ///< that were added to their plans
    std::vector<bool> gone_;                               ///< parts that repeat another
};

} // namespace

void join(std::vector<schemes_read>& parts, tracker_reading& into) { joiner(parts, into).join(); }

} // namespace riskshare::templates::detail
