// A value, or every finding that stands in its way.
#ifndef RISKSHARE_OUTCOME_HPP
#define RISKSHARE_OUTCOME_HPP

#include <riskshare/finding.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace riskshare {

/// Either a T, perhaps with warnings and notes, or none and at least one finding of severity error. Where `result`
/// stops at the first reason, this tells all of them. Asking for the value that is not there throws
/// `precondition_violated`.
template <class T>
class [[nodiscard]] outcome {
public:
    /// \pre no finding is an error, else `precondition_violated`.
    outcome(T value, std::vector<finding> remarks = {}) : value_(std::move(value)), findings_(std::move(remarks)) {
        if (has_errors(findings_)) throw precondition_violated("outcome: a value beside an error");
    }
    /// \pre at least one finding is an error, else `precondition_violated`.
    outcome(std::vector<finding> findings) : findings_(std::move(findings)) {
        if (!has_errors(findings_)) throw precondition_violated("outcome: neither a value nor an error");
    }

    explicit operator bool() const noexcept { return value_.has_value(); }
    bool has_value() const noexcept { return value_.has_value(); }
    const T& value() const& {
        if (!value_) throw precondition_violated("outcome has no value: " + findings_.front().message);
        return *value_;
    }
    T&& value() && {
        if (!value_) throw precondition_violated("outcome has no value: " + findings_.front().message);
        return *std::move(value_);
    }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    /// In the order in which they were found.
    const std::vector<finding>& findings() const noexcept { return findings_; }

private:
    std::optional<T> value_;
    std::vector<finding> findings_;
};

} // namespace riskshare

#endif
