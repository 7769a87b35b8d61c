/* Many schools at once: dead hosts that hold nobody up, and the ceilings of
 * platforms. Politeness is watched by the world. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>

#include "support_world.h"

/* A home page with nine others; host d… is dead, host p… of one platform. */
static void town(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	if (ask->url->host.p[0] == 'd') {
		*r = (struct reply){.end = NET_CONNECT, .ms = 10000};
		return;
	}
	if (ask->role == FETCH_RULES || ask->role == FETCH_PROBE)
		r->head = "404 X";
	else if (ask->url->path.n == 1)
		r->body =
		    "page /1 0\npage /2 0\npage /3 0\npage /4 0\npage /5 0\npage /6 0\npage /7 0\n"
		    "page /8 0\npage /9 0\n";
	if (ask->url->host.p[0] == 'a')
		r->ip = "198.51.100.7";
	(void)w;
}

static struct gather_school *named(
    struct world *w, size_t count, const char *format, size_t every, const char *other)
{
	struct gather_school *schools = arena_array(&w->arena, count, sizeof(*schools));
	for (size_t i = 0; i < count; i++) {
		bool is_other = other && i % every != 0;
		char name[60];
		snprintf(name, sizeof(name), "%s%zu%s", is_other ? other : "", i, format);
		schools[i].id = schools[i].site =
		    arena_printf(&w->arena, is_other ? "https://%s" : "https://s%s", name);
	}
	return schools;
}

/* When the last living school was done. */
static int64_t living_done(const struct world *w, const struct gather_school *schools, size_t count)
{
	int64_t last = 0;
	for (size_t i = 0; i < count; i++)
		if (schools[i].site[8] != 'd' && w->finished[i] > last)
			last = w->finished[i];
	return last;
}

static void dead_hosts(void **state)
{
	(void)state;
	struct world alone = WORLD(town), crowd = WORLD(town);
	alone.settings.open = crowd.settings.open = 4096;
	struct gather_school *few = named(&alone, 300, ".example", 1, NULL);
	world_run(&alone, few, 300);
	assert_int_equal(world_count(&alone, "page "), 3000);
	/* Two thousand dead ones among them. */
	struct gather_school *many = named(&crowd, 2300, ".example", 1, NULL);
	for (size_t i = 0; i < 2300; i++)
		many[i].site = i * 300 / 2300 == (i + 1) * 300 / 2300
		    ? arena_printf(&crowd.arena, "https://d%zu.example", i)
		    : many[i].site;
	world_run(&crowd, many, 2300);
	int64_t before = living_done(&alone, few, 300), after = living_done(&crowd, many, 2300);
	print_message(
	    "living done after %ld ms alone, %ld ms among 2000 dead; all after %ld ms; %d at once\n",
	    (long)before, (long)after, (long)crowd.now, crowd.most_parallel);
	assert_true(after <= before + before / 10);
	assert_in_range(alone.most_parallel, 10, 32);
	assert_in_range(crowd.most_parallel, 10, 33);
	world_clear(&alone);
	world_clear(&crowd);
}

static void ceilings(void **state)
{
	(void)state;
	/* One platform by its domain: a request a second, whatever the schools. */
	struct world w = WORLD(town);
	struct gather_school *schools = named(&w, 40, ".krymschool.ru", 1, NULL);
	world_run(&w, schools, 40);
	assert_in_range(w.now, 1000 * (w.asked - 1), 1100 * w.asked);
	world_clear(&w);
	/* One by its address, which is known after the first answers. */
	w = (struct world)WORLD(town);
	schools = named(&w, 20, "a.example", 1, "a");
	for (size_t i = 0; i < 20; i++)
		schools[i].site = arena_printf(&w.arena, "https://a%zu.example", i);
	world_run(&w, schools, 20);
	assert_in_range(w.now, 1000 * (w.asked - 25), 1200 * w.asked);
	world_clear(&w);
	/* Schools under one host take turns. */
	w = (struct world)WORLD(town);
	schools = named(&w, 20, "", 1, NULL);
	for (size_t i = 0; i < 20; i++)
		schools[i] = (struct gather_school){
		    .id = "x", .site = arena_printf(&w.arena, "https://portal.example/%zu/", i)};
	world_run(&w, schools, 20);
	assert_int_equal(world_count(&w, "rules "), 1);
	assert_int_equal(world_count(&w, "page "), 20);
	world_clear(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dead_hosts), cmocka_unit_test(ceilings)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
