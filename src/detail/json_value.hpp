// A JSON document as a value. Objects keep the order of their keys. Only making a value takes memory: one can be thrown
// away, and an exception pass through, where none is left.
#ifndef RISKSHARE_SRC_DETAIL_JSON_VALUE_HPP
#define RISKSHARE_SRC_DETAIL_JSON_VALUE_HPP

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace riskshare::json {

class value {
public:
    using list = std::vector<value>;
    using member_pair = std::pair<std::string, value>;
    using members = std::vector<member_pair>;
    class element;
    class iterator;

    value() = default; ///< null
    value(std::nullptr_t) {}
    value(const char* text) : held_(std::string(text)) {}
    value(std::string text) : held_(std::move(text)) {}
    value(std::string_view text) : held_(std::string(text)) {}
    template <class T, std::enable_if_t<std::is_same_v<T, bool>, int> = 0>
    value(T truth) : held_(truth) {}
    template <class T, std::enable_if_t<std::is_integral_v<T> && !std::is_same_v<T, bool>, int> = 0>
    value(T number) : held_(whole{number < T{}, static_cast<std::uint64_t>(number)}) {}
    value(const std::vector<std::string>& texts) : held_(list(texts.begin(), texts.end())) {}
    /// {{"a", 1}, {"b", 2}} is an object: every element is a pair that begins with a text. Anything else is a list.
    value(std::initializer_list<element>);

    static value array(std::initializer_list<element> = {});
    static value object();

    /// The text is no JSON; `byte` is where that shows, counted from 1.
    struct parse_error : std::runtime_error {
        explicit parse_error(std::size_t at) : std::runtime_error("not JSON"), byte(at) {}
        std::size_t byte;
    };
    /// Where a key stands twice, the last is taken. Throws `parse_error`.
    static value parse(std::string_view);

    bool is_null() const noexcept { return std::holds_alternative<std::monostate>(held_); }
    bool is_boolean() const noexcept { return std::holds_alternative<bool>(held_); }
    bool is_string() const noexcept { return std::holds_alternative<std::string>(held_); }
    bool is_array() const noexcept { return std::holds_alternative<list>(held_); }
    bool is_object() const noexcept { return std::holds_alternative<members>(held_); }
    bool is_number_integer() const noexcept { return std::holds_alternative<whole>(held_); }
    bool is_number_unsigned() const noexcept { return is_number_integer() && !std::get_if<whole>(&held_)->negative; }

    /// bool, std::string, std::int64_t or std::uint64_t. Throws `std::bad_variant_access` where it is none.
    template <class T>
    T get() const;
    template <class T>
    const std::string& get_ref() const {
        return std::get<std::string>(held_);
    }

    /// Of a list or an object; 0 of anything else.
    std::size_t size() const noexcept;
    bool empty() const noexcept { return size() == 0; }
    /// Over a list, or over the values of an object.
    iterator begin() const noexcept;
    iterator end() const noexcept;
    const members& items() const { return std::get<members>(held_); }
    const value& front() const { return std::get<list>(held_).front(); }
    value& back() { return std::get<list>(held_).back(); }

    iterator find(std::string_view key) const noexcept;
    bool contains(std::string_view key) const noexcept;
    /// The member, made null where there is none; null becomes an object first.
    value& operator[](std::string_view key);
    value& operator[](const char* key) { return (*this)[std::string_view(key)]; }
    /// \pre it is there.
    const value& operator[](std::string_view key) const;
    const value& operator[](const char* key) const { return (*this)[std::string_view(key)]; }
    const value& operator[](std::size_t i) const { return std::get<list>(held_)[i]; }
    void erase(std::string_view key);
    /// Takes over the members of another object.
    void update(value other);
    /// Null becomes a list first.
    void push_back(value);

    /// So many blanks a level; with none, all on one line. What is not UTF-8 becomes U+FFFD.
    std::string dump(std::size_t indent = 2) const;

private:
    struct whole {
        bool negative;
        std::uint64_t bits; ///< two's complement where negative
    };
    struct fraction {
        std::string text; ///< as it was read
    };
    friend class value_reader;
    friend class value_writer;

    std::variant<std::monostate, bool, whole, fraction, std::string, list, members> held_;
};

/// A text in its quotes. What is not UTF-8 becomes U+FFFD.
std::string in_json(std::string_view text);

// ---------------------------------------------------------------------------------------------------------------------

/// What stands in braces: moved, never copied.
class value::element {
public:
    template <class T, std::enable_if_t<std::is_constructible_v<value, T&&>, int> = 0>
    element(T&& from) : held_(std::forward<T>(from)) {}
    element(std::initializer_list<element> from) : held_(from) {}

    bool is_pair() const {
        const list* l = std::get_if<list>(&held_.held_);
        return l != nullptr && l->size() == 2 && l->front().is_string();
    }
    value taken() const { return std::move(held_); }

private:
    mutable value held_;
};

class value::iterator {
public:
    iterator(const json::value* in_list, const member_pair* in_object) : list_(in_list), object_(in_object) {}

    const json::value& operator*() const noexcept { return object_ != nullptr ? object_->second : *list_; }
    const json::value* operator->() const noexcept { return &**this; }
    const std::string& key() const noexcept { return object_->first; }
    const json::value& value() const noexcept { return **this; }
    iterator& operator++() noexcept {
        if (object_ != nullptr)
            ++object_;
        else
            ++list_;
        return *this;
    }
    friend bool operator==(const iterator& a, const iterator& b) noexcept {
        return a.list_ == b.list_ && a.object_ == b.object_;
    }

private:
    const json::value* list_;
    const member_pair* object_;
};

inline value::value(std::initializer_list<element> elements) {
    bool all_pairs = true;
    for (const element& e : elements) all_pairs = all_pairs && e.is_pair();
    if (!all_pairs || elements.size() == 0) {
        held_ = all_pairs ? value::object().held_ : value::array(elements).held_;
        return;
    }
    members made;
    made.reserve(elements.size());
    for (const element& e : elements) {
        value pair = e.taken();
        list& two = std::get<list>(pair.held_);
        made.emplace_back(std::move(std::get<std::string>(two[0].held_)), std::move(two[1]));
    }
    held_ = std::move(made);
}

template <>
inline bool value::get<bool>() const {
    return std::get<bool>(held_);
}
template <>
inline std::string value::get<std::string>() const {
    return std::get<std::string>(held_);
}
template <>
inline std::uint64_t value::get<std::uint64_t>() const {
    return std::get<whole>(held_).bits;
}
template <>
inline std::int64_t value::get<std::int64_t>() const {
    return static_cast<std::int64_t>(std::get<whole>(held_).bits);
}

} // namespace riskshare::json

#endif
