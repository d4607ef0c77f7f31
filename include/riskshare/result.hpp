// A value, or why there is none. Returned when the input is to blame.
#ifndef RISKSHARE_RESULT_HPP
#define RISKSHARE_RESULT_HPP

#include <riskshare/error.hpp>
#include <riskshare/provenance.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace riskshare {

/// Why there is no value: a stable rule code, a sentence for the person at the keyboard, and the place.
struct failure {
    std::string rule;
    std::string message;
    provenance at = {};
};

namespace detail {

[[noreturn]] inline void throw_no_value(const failure& why) {
    throw precondition_violated("result has no value: " + why.message);
}

} // namespace detail

/// Either a T or a `failure`. Asking for the value of a failure throws `precondition_violated` with its message.
template <class T>
class [[nodiscard]] result {
public:
    result(T value) : value_(std::move(value)) {}
    result(failure why) : why_(std::make_shared<const failure>(std::move(why))) {}

    explicit operator bool() const noexcept { return has_value(); }
    bool has_value() const noexcept { return value_.has_value(); }

    const T& value() const& {
        if (!has_value()) detail::throw_no_value(*why_);
        return *value_;
    }
    T&& value() && {
        if (!has_value()) detail::throw_no_value(*why_);
        return *std::move(value_);
    }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T value_or(T otherwise) const { return has_value() ? *value_ : std::move(otherwise); }

    /// \pre there is no value; otherwise throws `precondition_violated`.
    const failure& why() const {
        if (has_value()) throw precondition_violated("result has a value, not a failure");
        return *why_;
    }

private:
    std::optional<T> value_;
    std::shared_ptr<const failure> why_; // where there is no value
};

} // namespace riskshare

#endif
