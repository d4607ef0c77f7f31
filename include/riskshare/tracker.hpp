// Every scheme of a year, held by column so that a nation's worth of them adds up in the time it takes to read them.
#ifndef RISKSHARE_TRACKER_HPP
#define RISKSHARE_TRACKER_HPP

#include <riskshare/parse_period.hpp>
#include <riskshare/scheme.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare {

/// What schemes can be grouped by.
enum class scheme_field : std::uint8_t {
    organisation,
    division,
    workstream,
    lead,
    type,
    quality,
    stage,
    rating,
    recurrence,
    cash_effect,
    start,
    reference,
    name,
};

/// "rag", "organisation", "division", "recurrent"… as options and JSON spell it.
const char* to_string(scheme_field);
/// Also what the trade calls them: "rating", "org", "cmg", "qia", "fye". Fails with rule "tracker.unknown_field".
result<scheme_field> parse_scheme_field(std::string_view);

/// Schemes in the order in which they were added. A row, once added, does not change.
class tracker {
public:
    tracker() = default;
    explicit tracker(financial_year year) : year_(year) {}

    std::optional<financial_year> year() const noexcept { return year_; }
    std::size_t size() const noexcept { return references_.size(); }
    bool empty() const noexcept { return references_.empty(); }
    void reserve(std::size_t schemes);
    void add(const scheme&);
    /// All of another tracker's schemes after these.
    void add(const tracker&);

    /// A copy of one row. Throws `precondition_violated` when there is no such row.
    scheme operator[](std::size_t row) const;
    /// The row's value of a field as text: "red", "M4"; empty where nothing stands.
    std::string_view text(std::size_t row, scheme_field) const;

    /// For sums: 24 amounts in pence a scheme, the plan of M1 to M12 and then the actual or forecast, blanks as zero.
    std::span<const std::int64_t> pence() const noexcept { return pence_; }
    /// For grouping: a number for each row, the same where the text of the field is the same; less than the size of
    /// `values`. \pre not `reference` or `name`, else `precondition_violated`.
    std::span<const std::uint32_t> codes(scheme_field) const;
    /// What the codes of a field stand for.
    const std::vector<std::string>& values(scheme_field) const;

    bool has_stated_figures() const noexcept { return !stated_.empty(); }
    /// Whether the row gives a plan, a plan to date, an actual to date, a forecast: by month or for the year.
    std::array<bool, 4> given(std::size_t row) const noexcept {
        const bool plan = stated_months_[row][0] != 0, actual = stated_months_[row][1] != 0;
        if (stated_.empty()) return {plan, plan, actual, actual};
        const stated_figures& s = stated_[row];
        return {plan || s.plan, plan || s.plan_to_date, actual || s.actual_to_date, actual || s.forecast};
    }
    /// In pence; `no_amount` where a row states none.
    std::span<const std::int64_t> full_year_effects() const noexcept { return full_year_effects_; }
    static constexpr std::int64_t no_amount = INT64_MIN;

    /// Codes of the field `rating`: the ratings in their order, then `unrated`; an unknown rating has a code beyond it.
    static constexpr std::uint32_t unrated = 4;

private:
    struct column {
        std::vector<std::uint32_t> codes;
        std::vector<std::string> values;
        std::map<std::string, std::uint32_t, std::less<>> known;

        std::uint32_t intern(std::string_view value) {
            const auto found = known.find(value);
            if (found != known.end()) return found->second;
            const std::uint32_t code = static_cast<std::uint32_t>(values.size());
            values.emplace_back(value);
            known.emplace(value, code);
            return code;
        }
        void add(std::string_view value) {
            // Neighbouring rows mostly agree.
            if (!codes.empty() && values[codes.back()] == value)
                codes.push_back(codes.back());
            else
                codes.push_back(intern(value));
        }
    };
    static constexpr std::size_t column_count = 11;

    const column& of(scheme_field f) const {
        if (static_cast<std::size_t>(f) >= column_count)
            throw precondition_violated("tracker: a reference or name stands for itself");
        return columns_[static_cast<std::size_t>(f)];
    }
    column& of(scheme_field f) { return columns_[static_cast<std::size_t>(f)]; }
    std::string_view value(std::size_t row, scheme_field f) const {
        const column& c = of(f);
        return c.values[c.codes[row]];
    }

    std::optional<financial_year> year_;
    std::vector<std::string> references_, names_;
    std::array<column, column_count> columns_;
    std::vector<std::int64_t> pence_;
    std::vector<std::array<std::uint16_t, 2>> stated_months_; // bit 0 is M1
    std::vector<std::int64_t> full_year_effects_;
    std::vector<stated_figures> stated_; // empty when no scheme has any
    std::vector<provenance> at_;
};

// ---------------------------------------------------------------------------------------------------------------------

inline const char* to_string(scheme_field f) {
    static constexpr const char* names[] = {"organisation", "division",  "workstream", "lead",      "type",
                                            "qia",          "stage",     "rag",        "recurrent", "cash_releasing",
                                            "start",        "reference", "scheme"};
    return names[static_cast<std::size_t>(f)];
}

inline result<scheme_field> parse_scheme_field(std::string_view text) {
    struct alias {
        std::string_view name;
        scheme_field field;
    };
    static constexpr alias aliases[] = {
        {"org", scheme_field::organisation},   {"trust", scheme_field::organisation},
        {"cmg", scheme_field::division},       {"directorate", scheme_field::division},
        {"caregroup", scheme_field::division}, {"programme", scheme_field::workstream},
        {"theme", scheme_field::workstream},   {"owner", scheme_field::lead},
        {"category", scheme_field::type},      {"quality", scheme_field::quality},
        {"maturity", scheme_field::stage},     {"status", scheme_field::stage},
        {"rating", scheme_field::rating},      {"recurrence", scheme_field::recurrence},
        {"cash", scheme_field::cash_effect},   {"cashreleasing", scheme_field::cash_effect},
        {"startmonth", scheme_field::start},   {"ref", scheme_field::reference},
        {"name", scheme_field::name},
    };
    const std::string word = detail::compact(text);
    for (int f = 0; f <= static_cast<int>(scheme_field::name); ++f)
        if (word == detail::compact(to_string(static_cast<scheme_field>(f)))) return static_cast<scheme_field>(f);
    for (const alias& a : aliases)
        if (word == a.name) return a.field;
    return failure{"tracker.unknown_field", "\"" + std::string(text) +
                                                "\" is no field of a scheme; choose from organisation, division, "
                                                "workstream, lead, type, qia, stage, rag, recurrent, cash_releasing, "
                                                "start, reference, scheme"};
}

inline void tracker::reserve(std::size_t schemes) {
    references_.reserve(schemes);
    names_.reserve(schemes);
    pence_.reserve(schemes * 24);
    stated_months_.reserve(schemes);
    full_year_effects_.reserve(schemes);
    at_.reserve(schemes);
    for (column& c : columns_) c.codes.reserve(schemes);
}

inline void tracker::add(const scheme& s) {
    column& rated = of(scheme_field::rating);
    if (rated.values.empty()) {
        for (rating r : ratings) rated.intern(to_string(r));
        rated.intern("");
    }
    references_.push_back(s.reference);
    names_.push_back(s.name);
    of(scheme_field::organisation).add(s.organisation);
    of(scheme_field::division).add(s.division);
    of(scheme_field::workstream).add(s.workstream);
    of(scheme_field::lead).add(s.lead);
    of(scheme_field::type).add(s.type);
    of(scheme_field::quality).add(s.quality);
    of(scheme_field::stage).add(s.stage);
    // Set apart, so that a text that happens to read "red" cannot pass for a rating.
    if (s.rating)
        rated.codes.push_back(static_cast<std::uint32_t>(*s.rating));
    else
        rated.add(s.written_rating.empty() ? std::string() : "? " + s.written_rating);
    of(scheme_field::recurrence).add(to_string(s.recurrence));
    of(scheme_field::cash_effect).add(to_string(s.cash_effect));
    of(scheme_field::start).add(s.start ? to_string(*s.start) : std::string());

    std::array<std::uint16_t, 2> stated = {};
    std::size_t block = 0;
    for (const monthly* months : {&s.plan, &s.actual}) {
        for (int m = 1; m <= 12; ++m) {
            pence_.push_back((*months)[month(m)].pence());
            if (months->is_stated(month(m)))
                stated[block] = static_cast<std::uint16_t>(stated[block] | (1U << (m - 1)));
        }
        ++block;
    }
    stated_months_.push_back(stated);
    full_year_effects_.push_back(s.full_year_effect ? s.full_year_effect->pence() : no_amount);
    if (s.stated != stated_figures{} && stated_.empty()) stated_.resize(references_.size() - 1);
    if (s.stated != stated_figures{} || !stated_.empty()) stated_.push_back(s.stated);
    at_.push_back(s.at);
}

inline void tracker::add(const tracker& other) {
    if (!year_) year_ = other.year_;
    for (std::size_t i = 0; i < other.size(); ++i) add(other[i]);
}

inline scheme tracker::operator[](std::size_t row) const {
    if (row >= size()) throw precondition_violated("tracker: there is no row " + std::to_string(row));
    scheme s;
    s.reference = references_[row];
    s.name = names_[row];
    s.organisation = value(row, scheme_field::organisation);
    s.division = value(row, scheme_field::division);
    s.workstream = value(row, scheme_field::workstream);
    s.lead = value(row, scheme_field::lead);
    s.type = value(row, scheme_field::type);
    s.quality = value(row, scheme_field::quality);
    s.stage = value(row, scheme_field::stage);
    const std::uint32_t rated = of(scheme_field::rating).codes[row];
    if (rated < unrated)
        s.rating = static_cast<rating>(rated);
    else if (rated > unrated)
        s.written_rating = value(row, scheme_field::rating).substr(2);
    s.recurrence = parse_recurrence(value(row, scheme_field::recurrence));
    s.cash_effect = parse_cash_effect(value(row, scheme_field::cash_effect));
    const std::string_view start = value(row, scheme_field::start);
    if (!start.empty()) s.start = parse_month(start)->month;
    for (int m = 1; m <= 12; ++m) {
        const std::size_t i = row * 24 + static_cast<std::size_t>(m - 1);
        if (stated_months_[row][0] >> (m - 1) & 1) s.plan.set(month(m), money::pence(pence_[i]));
        if (stated_months_[row][1] >> (m - 1) & 1) s.actual.set(month(m), money::pence(pence_[i + 12]));
    }
    if (full_year_effects_[row] != no_amount) s.full_year_effect = money::pence(full_year_effects_[row]);
    if (!stated_.empty()) s.stated = stated_[row];
    s.at = at_[row];
    return s;
}

inline std::string_view tracker::text(std::size_t row, scheme_field f) const {
    if (row >= size()) throw precondition_violated("tracker: there is no row " + std::to_string(row));
    if (f == scheme_field::reference) return references_[row];
    if (f == scheme_field::name) return names_[row];
    const std::string_view text = value(row, f);
    return f == scheme_field::rating && text.substr(0, 2) == "? " ? text.substr(2) : text;
}

inline std::span<const std::uint32_t> tracker::codes(scheme_field f) const { return of(f).codes; }
inline const std::vector<std::string>& tracker::values(scheme_field f) const { return of(f).values; }

} // namespace riskshare

#endif
