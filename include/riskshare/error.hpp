// What is thrown when the caller cannot go on. Everything else is a `result` or a `finding`.
#ifndef RISKSHARE_ERROR_HPP
#define RISKSHARE_ERROR_HPP

#include <stdexcept>
#include <string>

namespace riskshare {

/// The base of every exception this library throws on purpose.
class error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// An exact amount left the range of its type. Nothing was rounded or wrapped.
class overflow : public error {
public:
    using error::error;
};

/// A precondition that the documentation names was broken by the caller.
class precondition_violated : public error {
public:
    using error::error;
};

/// A file cannot be read at all: not a workbook, damaged, encrypted, hostile or too large.
class input_refused : public error {
public:
    /// \param rule a stable code such as "package.encrypted"; `riskshare explain` knows it.
    input_refused(std::string rule, const std::string& message) : error(message), rule_(std::move(rule)) {}
    const std::string& rule() const noexcept { return rule_; }

private:
    std::string rule_;
};

/// A file cannot be written; whatever stood there before is untouched.
class cannot_write : public error {
public:
    using error::error;
};

} // namespace riskshare

#endif
