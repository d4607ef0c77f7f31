// A value, or why there is none. Returned when the input is to blame.
#ifndef RISKSHARE_RESULT_HPP
#define RISKSHARE_RESULT_HPP

#include <riskshare/error.hpp>
#include <riskshare/provenance.hpp>

#include <string>
#include <utility>
#include <variant>

namespace riskshare {

/// Why there is no value: a stable rule code, a sentence for the person at the keyboard, and the place.
struct failure {
    std::string rule;
    std::string message;
    provenance at = {};
};

/// Either a T or a `failure`. Asking for the value of a failure throws `precondition_violated` with its message.
template <class T>
class [[nodiscard]] result {
public:
    result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    result(failure why) : state_(std::in_place_index<1>, std::move(why)) {}

    explicit operator bool() const noexcept { return state_.index() == 0; }
    bool has_value() const noexcept { return state_.index() == 0; }

    const T& value() const& {
        if (!has_value()) throw precondition_violated("result has no value: " + std::get<1>(state_).message);
        return std::get<0>(state_);
    }
    T&& value() && {
        if (!has_value()) throw precondition_violated("result has no value: " + std::get<1>(state_).message);
        return std::get<0>(std::move(state_));
    }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T value_or(T otherwise) const { return has_value() ? std::get<0>(state_) : std::move(otherwise); }

    /// \pre there is no value; otherwise throws `precondition_violated`.
    const failure& why() const {
        if (has_value()) throw precondition_violated("result has a value, not a failure");
        return std::get<1>(state_);
    }

private:
    std::variant<T, failure> state_;
};

} // namespace riskshare

#endif
