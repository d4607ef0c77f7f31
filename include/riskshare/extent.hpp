// A size as a paper states it: so many pounds, or so much of a benchmark.
#ifndef RISKSHARE_EXTENT_HPP
#define RISKSHARE_EXTENT_HPP

#include <riskshare/detail/money_text.hpp>
#include <riskshare/detail/text.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace riskshare {

/// "£2m", or "3% of target", where the target is a benchmark: an amount that the paper or the position names.
class extent {
public:
    extent() = default;
    extent(money m) : amount_(m) {}
    static extent part_of(std::string benchmark, ratio part) {
        extent e;
        e.benchmark_ = std::move(benchmark);
        e.part_ = part;
        return e;
    }

    bool is_relative() const noexcept { return !benchmark_.empty(); }
    money amount() const noexcept { return amount_; }                    ///< where it is no part of anything
    ratio part() const noexcept { return part_; }                        ///< of the benchmark
    const std::string& benchmark() const noexcept { return benchmark_; } ///< empty for an amount
    bool is_zero() const { return is_relative() ? part_ == ratio(0) : amount_.is_zero(); }
    bool is_negative() const { return is_relative() ? part_ < ratio(0) : amount_.is_negative(); }
    friend bool operator==(const extent&, const extent&) = default;

private:
    money amount_ = {};
    std::string benchmark_ = {};
    ratio part_ = 0;
};

/// "3% of target", "1/3 of planned expenditure". Fails with rule "agreement.key" for another text.
result<extent> parse_part(std::string_view text);
/// "£2,000,000", "3% of target".
std::string to_string(const extent&);

/// Whether one certainly lies below the other: both amounts, or parts of one benchmark. Nothing where that depends on
/// the benchmarks.
std::optional<bool> certainly_below(const extent& a, const extent& b);

/// A number of a term: written in the paper, or a measure of that name that is reported every month.
struct operand {
    std::string measure = {}; ///< empty: the number
    ratio number = 1;
};
std::string to_string(const operand&);

// ---------------------------------------------------------------------------------------------------------------------

inline result<extent> parse_part(std::string_view text) {
    const std::string whole(text);
    const std::size_t at = whole.find(" of ");
    const std::string name = at == std::string::npos ? "" : detail::plain(std::string_view(whole).substr(at + 4));
    const result<ratio> part = parse_ratio(whole.substr(0, at == std::string::npos ? 0 : at));
    if (name.empty() || !part)
        return failure{"agreement.key", "\"" + whole + "\" is not a part of a benchmark, such as \"3% of target\""};
    return extent::part_of(name, *part);
}

inline std::string to_string(const extent& e) {
    return e.is_relative() ? to_percent(e.part()) + " of " + e.benchmark() : detail::said(e.amount());
}

inline std::optional<bool> certainly_below(const extent& a, const extent& b) {
    if (a.is_relative() && b.is_relative() && detail::folded(a.benchmark()) == detail::folded(b.benchmark()))
        return a.part() < b.part();
    if (!a.is_relative() && !b.is_relative()) return a.amount() < b.amount();
    if (a.is_zero()) return !b.is_zero() && !b.is_negative();
    return std::nullopt;
}

inline std::string to_string(const operand& o) { return o.measure.empty() ? to_string(o.number) : o.measure; }

} // namespace riskshare

#endif
