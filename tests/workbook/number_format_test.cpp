#include <riskshare/workbook/number_format.hpp>

#include <doctest/doctest.h>

using namespace riskshare::workbook;

namespace {

struct shown {
    const char* number;
    const char* format;
    const char* text;
};

void check(const shown& row) {
    CAPTURE(row.number);
    CAPTURE(row.format);
    const auto text = displayed(row.number, row.format);
    REQUIRE(text);
    CHECK(*text == row.text);
}

} // namespace

TEST_CASE("number_format: a stored 46300000 under #,##0.0,, is shown as 46.3 (case U02)") {
    const char* format = R"(#,##0.0,,;"-"#,##0.0,,)";
    CHECK(*displayed("46300000", format) == "46.3");
    CHECK(*displayed("-46300000", format) == "-46.3");
    CHECK(shown_precision("46300000", format)->scale == 6);
    CHECK(shown_precision("46300000", format)->decimals == 1);
}

TEST_CASE("number_format: decimals that a format hides are rounded away from the display alone (case U03)") {
    CHECK(*displayed("219385.12339215004", "#,##0") == "219,385");
    CHECK(shown_precision("219385.12339215004", "#,##0")->decimals == 0);
    CHECK(shown_precision("219385.12339215004", "#,##0")->scale == 0);
}

// Each as LibreOffice 7.4 shows it.
TEST_CASE("number_format: numbers are shown as LibreOffice shows them") {
    for (const shown& row : {
             shown{"1234567.891", "#,##0", "1,234,568"},
             shown{"-1234567.891", "#,##0;(#,##0);\"-\"", "(1,234,568)"},
             shown{"0", "#,##0;(#,##0);\"-\"", "-"},
             shown{"-0.4", "#,##0;(#,##0);\"-\"", "(0)"},
             shown{"0.4", "#,##0;(#,##0);\"-\"", "0"},
             shown{"-48.7", "#,##0_);(#,##0)", "(49)"},
             shown{"2.5", "0", "3"},
             shown{"-2.5", "0", "-3"},
             shown{"1.005", "0.00", "1.01"},
             shown{"0.4", "0%", "40%"},
             shown{"99.95", "0.0%", "9995.0%"},
             shown{"1234567.891", "#,##0.0,\"k\"", "1,234.6k"},
             shown{"-2.5", "£#,##0.00;[Red]-£#,##0.00", "-£2.50"},
             shown{"-1234567.891", "[$£-809]#,##0", "-£1,234,568"},
             shown{"0.4", "#.##", ".4"},
             shown{"1234567.891", "000-0000", "123-4568"},
             shown{"5", "000-0000", "000-0005"},
             shown{"-48.7", R"(_-* #,##0_-;\-* #,##0_-;_-* "-"??_-;_-@_-)", "-49"},
             shown{"0", R"(_-* #,##0_-;\-* #,##0_-;_-* "-"??_-;_-@_-)", "-"},
             shown{"99.95", "[<100]0.0;[>=1000]#,##0;\"mid \"0", "100.0"},
             shown{"999.5", "[<100]0.0;[>=1000]#,##0;\"mid \"0", "mid 1000"},
             shown{"1234567.891", "[<100]0.0;[>=1000]#,##0;\"mid \"0", "1,234,568"},
             shown{"12", "0\" units\"", "12 units"},
             shown{"5", "\"abc\"", "abc"},
             shown{"12", "0000", "0012"},
             shown{"0", "+0;-0;\"nil\"", "nil"},
             shown{"2.5", "+0;-0;\"nil\"", "+3"},
             shown{"1234567.891", "0\\-00", "12345-68"},
             shown{"0.4", "#,###", ""},
             shown{"1234567.891", "General\" x\"", "1234567.891 x"},
             shown{"0.00012", "0.0000000000", "0.0001200000"},
             shown{"123456789012", "#,##0.00", "123,456,789,012.00"},
             shown{"5", ";;;", ""},
         })
        check(row);
}

// LibreOffice differs here; Excel's own display is the expectation.
TEST_CASE("number_format: where Excel and LibreOffice part, Excel is followed") {
    for (const shown& row : {
             shown{"5", "0.##", "5."},
             shown{"-0.4", "0", "-0"},
             shown{"219385.12339215004", "General", "219385.1234"},
             shown{"123456789012", "General", "1.23457E+11"},
             shown{"0.0000001", "General", "1E-07"},
             shown{"0.00012", "General", "0.00012"},
             shown{"12345678901", "General", "12345678901"},
             shown{"46300000", "#,##0,,.00", "46.30"},
             shown{"1.005", "0%", "101%"},
             shown{"-5", "\"abc\"", "-abc"},
             shown{"7", "@", "7"},
         })
        check(row);
}

TEST_CASE("number_format: a number of more than 15 digits is rounded to 15 first, as Excel does") {
    CHECK(*displayed("0.30000000000000004", "0.00000000000000000") == "0.30000000000000000");
    CHECK(*displayed("2.4999999999999999", "0") == "3");
    CHECK(*displayed("4.4774E4", "0") == "44774");
}

TEST_CASE("number_format: dates, fractions, scientific notation and words are not shown as numbers") {
    for (const char* format : {"dd/mm/yyyy", "[h]:mm", "0.00E+00", "# ?/?", "mmm-yy"}) {
        CAPTURE(format);
        REQUIRE_FALSE(displayed("44774", format));
        CHECK(displayed("44774", format).why().rule == "workbook.number_format");
    }
    CHECK_FALSE(displayed("n/a", "0"));
    CHECK_FALSE(displayed("", "0"));
    CHECK_FALSE(displayed("1,234", "0"));
}

TEST_CASE("number_format: the precision is that of the section that applies") {
    const char* format = "0.00;(0.0);\"-\"";
    CHECK(shown_precision("1", format)->decimals == 2);
    CHECK(shown_precision("-1", format)->decimals == 1);
    CHECK(shown_precision("0", format)->decimals == 2);
    CHECK(shown_precision("0.5", "0.0%")->scale == -2);
    CHECK(shown_precision("0.5", "General")->general);
    CHECK_FALSE(shown_precision("0.5", "0.0")->general);
}

TEST_CASE("number_format: a format shows a date when its letters say so, outside quotes and escapes") {
    for (const char* format :
         {"dd/mm/yyyy", "mmm-yy", "[h]:mm:ss", "h:mm AM/PM", "[$-809]d mmmm yyyy", "yyyy\\-mm\\-dd"}) {
        CAPTURE(format);
        CHECK(is_date_format(format));
    }
    for (const char* format :
         {"General", "0", "#,##0;[Red](#,##0)", "\"days\" 0", "0\\d", "0_d", "@", "0.00E+00", ""}) {
        CAPTURE(format);
        CHECK_FALSE(is_date_format(format));
    }
}

TEST_CASE("number_format: text is shown by the section for text") {
    CHECK(displayed_text("Red", "0") == "Red");
    CHECK(displayed_text("Red", "0;-0;0;\"rating: \"@") == "rating: Red");
    CHECK(displayed_text("Red", ";;;") == "");
    CHECK(displayed_text("Red", "@") == "Red");
}
