// One description of a value's fields, by which it is both written to JSON and read back.
//
//     template <class F, either<savings_plan> T>
//     void describe(F& f, T& p) { f("organisation", p.organisation); … }
#ifndef RISKSHARE_SRC_DETAIL_JSON_FIELDS_HPP
#define RISKSHARE_SRC_DETAIL_JSON_FIELDS_HPP

#include "detail/json.hpp"

#include <riskshare/monthly.hpp>
#include <riskshare/parse_period.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace riskshare::json {

/// A T to be read, or a const T to be written.
template <class T, class Value>
concept either = std::same_as<std::remove_const_t<T>, Value>;

/// For a type that has no default, or an invariant of its own: specialised with `static value written(const T&)` and
/// `static T from(const value&, const std::string& path)`.
template <class T>
struct form;
template <class T>
concept formed = requires(const T& t) {
    form<T>::written(t);
};

/// An enumeration's words, in the order of its values; found by argument-dependent lookup:
/// `constexpr std::array<const char*, N> words_of(rating)`.
template <class E>
concept worded = std::is_enum_v<E> && requires(E e) {
    words_of(e);
};

class writer {
public:
    template <class T>
    void operator()(const char* key, const T& field);
    /// A field that is left out where there is nothing to say.
    template <class T>
    void if_any(const char* key, const T& field);

    value taken() && { return std::move(object_); }

private:
    value object_ = value::object();
};

class reader {
public:
    reader(const value& object, std::string path) : object_(object), path_(std::move(path)) {
        if (!object.is_object()) throw malformed{path_, "an object is expected"};
    }
    /// Throws `malformed` when it is missing.
    template <class T>
    void operator()(const char* key, T& field);
    template <class T>
    void if_any(const char* key, T& field);

private:
    const value& object_;
    std::string path_;
};

// ---------------------------------------------------------------------------------------------------------------------

inline value written(const std::string& text) { return text; }
inline value written(bool b) { return b; }
inline value written(int n) { return n; }
inline value written(std::size_t n) { return n; }
inline value written(const exact& e) { return of(e); }
inline value written(const money& m) { return of(m); }
inline value written(const ratio& r) { return of(r); }
inline value written(const decimal& d) { return to_string(d); }
inline value written(unit u) { return to_string(u); }
inline value written(const provenance& p) { return of(p); }
inline value written(const cell_figure& f) { return of(f); }
inline value written(financial_year y) { return to_string(y); }

template <class T>
value written(const std::optional<T>&);
template <class T>
value written(const std::vector<T>&);

template <worded E>
value written(E e) {
    return words_of(e)[static_cast<std::size_t>(e)];
}
template <class T>
requires std::is_class_v<T> value written(const T& fields) {
    if constexpr (formed<T>) {
        return form<T>::written(fields);
    } else {
        writer w;
        describe(w, fields);
        return std::move(w).taken();
    }
}
template <class T>
value written(const std::optional<T>& o) {
    return o ? written(*o) : value(nullptr);
}
template <class T>
value written(const std::vector<T>& list) {
    value out = value::array();
    for (const T& one : list) out.push_back(written(one));
    return out;
}

template <class T>
void writer::operator()(const char* key, const T& field) {
    object_[key] = written(field);
}
template <class T>
void writer::if_any(const char* key, const T& field) {
    value v = written(field);
    const bool nothing = v.is_null() || (v.is_boolean() && !v.get<bool>()) || (v.is_array() && v.empty()) ||
                         (v.is_string() && v.get_ref<const std::string&>().empty());
    if (!nothing) object_[key] = std::move(v);
}

/// What a text says, by the parser that the type has.
template <class T, class Parse>
T parsed(const value& v, const std::string& path, Parse parse) {
    result<T> r = parse(text_of(v, path));
    if (!r) throw malformed{path, r.why().message};
    return *std::move(r);
}

inline void read(std::string& into, const value& v, const std::string& path) { into = text_of(v, path); }
inline void read(bool& into, const value& v, const std::string& path) {
    if (!v.is_boolean()) throw malformed{path, "true or false is expected"};
    into = v.get<bool>();
}
inline void read(int& into, const value& v, const std::string& path) {
    into = static_cast<int>(whole_number(v, path, INT32_MIN, INT32_MAX));
}
inline void read(std::size_t& into, const value& v, const std::string& path) {
    into = static_cast<std::size_t>(whole_number(v, path, 0, INT32_MAX));
}
inline void read(exact& into, const value& v, const std::string& path) { into = exact_from(v, path); }
inline void read(money& into, const value& v, const std::string& path) { into = money_from(v, path); }
inline void read(ratio& into, const value& v, const std::string& path) { into = parsed<ratio>(v, path, parse_ratio); }
inline void read(decimal& into, const value& v, const std::string& path) {
    into = parsed<decimal>(v, path, parse_decimal);
}
inline void read(unit& into, const value& v, const std::string& path) {
    const std::optional<unit> u = parse_unit(text_of(v, path));
    if (!u) throw malformed{path, "\"" + text_of(v, path) + "\" is no unit"};
    into = *u;
}
inline void read(provenance& into, const value& v, const std::string& path) { into = provenance_from(v, path); }
inline void read(cell_figure& into, const value& v, const std::string& path) { into = figure_from(v, path); }
inline void read(financial_year& into, const value& v, const std::string& path) {
    into = parsed<financial_year>(v, path, parse_financial_year);
}
template <class T>
void read(std::optional<T>&, const value&, const std::string& path);
template <class T>
void read(std::vector<T>&, const value&, const std::string& path);

template <worded E>
void read(E& into, const value& v, const std::string& path) {
    const std::string word = text_of(v, path);
    const auto words = words_of(E{});
    for (std::size_t i = 0; i < words.size(); ++i)
        if (word == words[i]) {
            into = static_cast<E>(i);
            return;
        }
    throw malformed{path, "\"" + word + "\" is none of the words that may stand here"};
}
template <class T>
requires std::is_class_v<T>
void read(T& into, const value& v, const std::string& path) {
    if constexpr (formed<T>) {
        into = form<T>::from(v, path);
    } else {
        reader r(v, path);
        describe(r, into);
    }
}

template <class T>
T value_from(const value& v, const std::string& path) {
    if constexpr (formed<T>) {
        return form<T>::from(v, path);
    } else {
        T t{};
        read(t, v, path);
        return t;
    }
}
template <class T>
void read(std::optional<T>& into, const value& v, const std::string& path) {
    into.reset();
    if (!v.is_null()) into = value_from<T>(v, path);
}
template <class T>
void read(std::vector<T>& into, const value& v, const std::string& path) {
    into.clear();
    for (const value& one : array_of(v, path))
        into.push_back(value_from<T>(one, path + "[" + std::to_string(into.size()) + "]"));
}

template <>
struct form<month> {
    static value written(month m) { return m.number(); }
    static month from(const value& v, const std::string& path) {
        return month(static_cast<int>(whole_number(v, path, 1, 12)));
    }
};
template <>
struct form<figure> {
    static value written(const figure& f) { return of(cell_figure(f)); }
    static figure from(const value& v, const std::string& path) {
        const cell_figure f = figure_from(v, path);
        if (!f) throw malformed{path, "a figure is expected"};
        return *f;
    }
};
/// Twelve amounts, M1 first; a blank is null.
template <>
struct form<monthly> {
    static value written(const monthly& months) {
        value out = value::array();
        for (int m = 1; m <= 12; ++m) out.push_back(json::written(months.at(month(m))));
        return out;
    }
    static monthly from(const value& v, const std::string& path) {
        if (array_of(v, path).size() != 12) throw malformed{path, "twelve months are expected"};
        monthly months;
        for (int m = 1; m <= 12; ++m) {
            const value& one = v[static_cast<std::size_t>(m - 1)];
            if (!one.is_null()) months.set(month(m), money_from(one, path + "[" + std::to_string(m - 1) + "]"));
        }
        return months;
    }
};

template <class T>
void reader::operator()(const char* key, T& field) {
    read(field, member(object_, key, path_), path_ + "." + key);
}
template <class T>
void reader::if_any(const char* key, T& field) {
    if (const auto found = object_.find(key); found != object_.end()) read(field, *found, path_ + "." + key);
}

} // namespace riskshare::json

#endif
