// A fault of a table, in words for the person who has to look.
#include "template/detail/table_check.hpp"

#include <riskshare/accounting.hpp>

#include <algorithm>

namespace riskshare::templates::detail {

namespace {

class fault_words {
public:
    fault_words(const number_table& t, const printed_table& p) : table_(t), printed_(p) {}

    finding report(const diagnosis& d) const {
        const std::size_t worst =
            *std::max_element(d.relations.begin(), d.relations.end(), [&](std::size_t a, std::size_t b) {
                return abs(printed_gap(printed_, printed_.relations()[a])) <
                       abs(printed_gap(printed_, printed_.relations()[b]));
            });
        const relation& r = printed_.relations()[worst];
        const printed_figure& total = printed_.figures()[r.terms.front().figure];
        finding f;
        f.severity = severity::error;
        f.verdict = verdict::real;
        f.found = total.value;
        f.difference = -printed_gap(printed_, r);
        f.expected = *f.found - *f.difference;
        const bool sum = r.terms.size() != 3 || !(r.terms[2].weight == ratio(-1));
        const auto of_term = [&](std::size_t term) { return printed_.figures()[r.terms[term].figure].at; };
        f.rule = !sum && of_term(0).row() == of_term(2).row() ? "check.variance" : "check.sum";
        if (printed_gap(printed_, r).is_zero()) {
            f.rule = "check.together";
            f.message = std::to_string(d.relations.size()) + " sums each agree within rounding, but not together";
        } else {
            f.message = total.name + " is " + written(total.value, total) + ", but " +
                        (sum ? "its " + std::to_string(r.terms.size() - 1) + " parts add up to "
                             : of_term(1).cell() + " less " + of_term(2).cell() + " is ") +
                        written(*f.expected, total) + ": " + written(abs(*f.difference), total) +
                        " apart, of which rounding explains at most " + written(rounding_slack(printed_, r), total);
        }
        if (d.relations.size() > 1 && !printed_gap(printed_, r).is_zero())
            f.message += " (and " + std::to_string(d.relations.size() - 1) + " more that go with it)";
        f.at.push_back(total.at);
        if (!d.explanations.empty()) {
            const explanation& e = d.explanations.front();
            // Among many digits some pair can always be exchanged.
            constexpr int most_places = 3;
            const bool by_chance = e.looks_like == resemblance::transposed_digits &&
                                   places(printed_.figures()[e.changes.front().figure]) > most_places;
            if (!by_chance) f.looks_like = e.looks_like;
            f.message += "; " + described(e, by_chance);
            auto point_at = [&](std::size_t figure) {
                const provenance& at = printed_.figures()[figure].at;
                if (f.at.size() < 12 && std::find(f.at.begin(), f.at.end(), at) == f.at.end()) f.at.push_back(at);
            };
            for (const changed_figure& c : e.changes) point_at(c.figure);
            for (std::size_t l : e.lines) point_at(l);
            if (d.explanations.size() > 1)
                f.message += " (" + std::to_string(d.explanations.size() - 1) + " other explanations fit as well)";
        } else {
            for (std::size_t i = 1; i < r.terms.size() && f.at.size() < 12; ++i)
                f.at.push_back(printed_.figures()[r.terms[i].figure].at);
        }
        f.advice = f.looks_like ? "look at the cells named; correct the one at fault or say why it stands"
                                : "look at the cells of this sum";
        return f;
    }

private:
    std::string described(const explanation& e, bool by_chance) const {
        const printed_figure& f = printed_.figures()[e.changes.front().figure];
        const std::string cell = f.at.cell(), now = written(f.value, f),
                          instead = written(e.changes.front().instead, f);
        if (!e.looks_like || by_chance)
            return cell + " is where they meet: " + instead + " there for " + now + " would set them right";
        const std::string line = e.lines.empty() ? "" : printed_.figures()[e.lines.front()].at.cell();
        const bool many = e.changes.size() > 1;
        switch (*e.looks_like) {
        case resemblance::sign_slip:
            return "looks like a sign slip in " + cell + (many ? " and the rest of its line" : "") + ", " + now +
                   " for " + instead;
        case resemblance::transposed_digits:
            return "looks like two digits exchanged in " + cell + ", " + now + " for " + instead;
        case resemblance::unit_slip:
            return "looks like the wrong unit in " + cell + (many ? " and the rest of its line" : "") + ", " + now +
                   " for about " + instead + ": " + e.evidence;
        case resemblance::omitted_line:
            return "looks like " + line + (many ? " and the rest of its line" : "") + " left out of " + cell;
        case resemblance::double_counted_line:
            return "looks like " + line + (many ? " and the rest of its line" : "") + " counted twice in " + cell;
        default:
            return std::string("looks like ") + to_string(*e.looks_like);
        }
    }

    std::string written(const exact& e, const printed_figure& like) const {
        return accounting(e, display_unit(like), places(like));
    }
    unit display_unit(const printed_figure& f) const {
        for (std::size_t c = 0; c < table_.columns.size(); ++c)
            if (table_.columns[c].number == f.at.column()) return table_.units[c];
        return unit::pounds;
    }
    int places(const printed_figure& f) const {
        const unit u = display_unit(f);
        int n = 0;
        for (exact step = exact(decimal(1, 0), u); n < 6 && f.step < step; ++n) step = step / ratio(10);
        return n;
    }

    const number_table& table_;
    const printed_table& printed_;
};

} // namespace

finding fault_found(const number_table& t, const printed_table& printed, const diagnosis& d) {
    return fault_words(t, printed).report(d);
}

} // namespace riskshare::templates::detail
