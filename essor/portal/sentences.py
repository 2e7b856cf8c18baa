"""What the ledger's verbs say to people: one sentence each, or nothing at all.

``SENTENCES`` is what a host reads under *what happened*; ``QUIET`` are verbs that mean nothing to
people (a link was made, a draft saved). ``tests/portal/test_sentences.py`` finds every verb that
the rooms write and fails for one that stands in neither.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    # people
    "opened_account": _("an account was opened"),
    # territories
    "opened": _("the territory was opened"),
    "listed": _("the territory was listed from public sources"),
    "solution_listed": _("a solution was listed from public sources"),
    "rewritten": _("the territory’s words were changed"),
    "logo_set": _("the logo was changed"),
    "logo_removed": _("the logo was removed"),
    "themes_chosen": _("the themes were chosen"),
    "spheres_hoped": _("the hoped-for spheres were set"),
    "invited": _("somebody was invited to the team"),
    "invitation_withdrawn": _("an invitation was withdrawn"),
    "joined": _("somebody joined the team"),
    "role_ended": _("somebody left the team"),
    # treasures
    "treasure_written": _("a treasure was written down"),
    "treasure_changed": _("a treasure was described anew"),
    "treasure_confirmed": _("a treasure was confirmed"),
    "treasure_gone": _("a treasure is no longer there"),
    "treasure_back": _("a treasure is there again"),
    "treasure_remarked": _("somebody said something of a treasure"),
    "treasure_shown": _("a treasure was looked at and shows"),
    "treasure_hidden": _("a treasure was hidden"),
    "treasure_appealed": _("the keeper of a hidden treasure answered"),
    "correction_taken": _("a correction of a treasure was taken up"),
    "correction_declined": _("a treasure stays as it is"),
    "treasures_brought_in": _("a list of treasures was brought in"),
    # harvest
    "sorted": _("ideas were sorted"),
    "harvest_made": _("a harvest was prepared"),
    "harvest_changed": _("a harvest was said anew"),
    "harvest_open": _("a harvest was opened"),
    "harvest_sorting": _("the ideas of a harvest are being sorted"),
    "harvest_closed": _("a harvest was closed"),
    "harvest_draft": _("a harvest went back to preparation"),
    "ideas_brought_in": _("a list of ideas was brought in"),
    "source_added": _("a place where ideas were said was added"),
    "picture_added": _("ideas on paper were photographed"),
    "idea_reported": _("somebody asked the team to look at an idea"),
    "idea_kept": _("an idea was looked at and stays"),
    "idea_appealed": _("the author of a hidden idea answered"),
    "idea_given": _("somebody gave an idea"),
    "idea_supported": _("somebody stands behind an idea"),
    "idea_corrected": _("an idea was worded more clearly"),
    "idea_withdrawn": _("somebody took an idea back"),
    # challenges
    "worded": _("a challenge was worded"),
    "reworded": _("a challenge was worded anew"),
    "challenge_open": _("a challenge was opened"),
    "challenge_closed": _("a challenge was closed"),
    "challenge_draft": _("a challenge went back to draft"),
    "ideas_fed": _("ideas were tied to a challenge"),
    "ideas_released": _("ideas were taken from a challenge"),
    "challenge_merged": _("a challenge was merged into another"),
    "challenge_split": _("a challenge was split"),
    "fate_decided": _("it was decided what becomes of an idea"),
    # votes
    "vote_opened": _("a vote was opened"),
    "vote_closed": _("a vote was closed and counted"),
    # needs
    "need_written": _("a project said what it needs"),
    "need_reworded": _("a need was worded anew"),
    "need_found": _("what a project needed was found"),
    "need_dropped": _("a project no longer needs something"),
    "called": _("somebody of the team called about a promise"),
    "reminded": _("a promise that waits was remembered"),
    "need_reopened": _("a need was opened again"),
    # support
    "cohort_prepared": _("a cohort was prepared"),
    "cohort_reworded": _("a cohort was worded anew"),
    "cohort_joined": _("a project joined a cohort"),
    "cohort_opened": _("a cohort opened"),
    "takeoff_near": _("the take-off evening of a cohort is near"),
    "cohort_ended": _("a cohort came to its end"),
    "cohort_left": _("a project left a cohort"),
    "mentor_asked": _("somebody was asked to be a mentor"),
    "mentor_agreed": _("somebody agreed to be a mentor"),
    "mentor_reworded": _("a mentor’s offer was worded anew"),
    "mentor_left": _("somebody is no longer a mentor"),
    "mentor_matched": _("a mentor accompanies a project"),
    "mentoring_ended": _("a mentor no longer accompanies a project"),
    "committee_called": _("a committee was called"),
    "put_before_committee": _("a project was put before a committee"),
    "member_named": _("somebody was named to sit on a committee"),
    "member_left": _("somebody sits on a committee no more"),
    "declared_no_interest": _("a member of a committee has no interest in a project"),
    "committee_spoke": _("a member of a committee spoke"),
    "stood_aside": _("a member of a committee stood aside"),
    "committee_decided": _("a committee decided"),
    "play_opened": _("the projects of a cohort were asked where they stand"),
    "play_asked_again": _("the projects of a cohort were asked again where they stand"),
    "play_recalled": _("projects were reminded of their cohort’s questions"),
    "standing_handed_in": _("a project said where it stands"),
    "play_question_worded": _("a question to cohorts was worded anew"),
    "play_question_added": _("a question to cohorts was added"),
    "play_question_retired": _("a question to cohorts was dropped"),
    "play_question_taken_back": _("a question to cohorts was taken back"),
    "project_held": _("it was said who of the team holds a project"),
    "paused": _("a project is left alone for a while"),
    "pause_ended": _("the pause of a project ended"),
    "recommended": _("somebody recommended something to a project"),
    "recommendation_answered": _("a project answered a recommendation"),
    "private_room_opened": _("a project opened a private room"),
    "private_room_closed": _("a project closed its private room"),
    "room_link_made": _("a project made a secret link for a partner"),
    "room_link_ended": _("a secret link for a partner was ended"),
    "interests_said": _("somebody said what they would support"),
    "funder_left": _("somebody is no longer a funder"),
    "pledge_is_near": _("a pledge comes to its day"),
    # evenings
    "created": _("an evening was prepared"),
    "changed": _("the evening was changed"),
    "moved": _("the evening moved on"),
    "set_room": _("the room was arranged"),
    "rehearsal_started": _("a rehearsal began"),
    "rehearsal_ended": _("a rehearsal came to its end"),
    "rehearsal_stopped": _("a rehearsal was stopped"),
    "rehearsal_removed": _("a rehearsal was thrown away"),
    "set_remote_tables": _("the tables by video were set"),
    "set_phases": _("the running order was set"),
    "set_questions": _("the questions of the registration page were set"),
    "set_challenges": _("the evening’s challenges were chosen"),
    "registered": _("somebody registered"),
    "changed_answers": _("somebody changed their registration"),
    "changed_by_list": _("a list changed a registration"),
    "cancelled": _("somebody cancelled"),
    "came_back": _("somebody registered again"),
    "promoted": _("somebody on the waiting list got a seat"),
    "list_imported": _("a list was imported"),
    "list_tickets_sent": _("tickets were sent to the people of a list"),
    "kept_plan": _("a seating plan was kept"),
    "published_plan": _("the seating plan was published"),
    "arrived": _("somebody arrived"),
    "joined_remotely": _("somebody arrived from a distance"),
    "arrival_undone": _("an arrival was taken back"),
    "walked_in": _("somebody came without registration"),
    "marked_absent": _("somebody was marked absent"),
    "expected_again": _("somebody is expected again"),
    "freed_seats": _("the seats of absent people were freed"),
    "changed_seat": _("somebody changed tables"),
    "opened_table": _("a table was opened"),
    "closed_table": _("a table was closed"),
    "counted_heads": _("heads were counted"),
    "phase_started": _("a phase of the evening began"),
    "ended": _("the evening ended"),
    "idea_said": _("an idea was said"),
    "idea_chosen": _("a table chose the idea it deepens"),
    "help_asked": _("a table asked for help"),
    "help_came": _("a table got help"),
    "pitch_called": _("a table told the hall about its project"),
    "idea_hidden": _("an idea was taken off the screen"),
    "idea_shown": _("an idea was shown again"),
    "stays_at_table": _("somebody stays reachable through their table"),
    "left_table": _("somebody left their table"),
    "keeper_agreed": _("a table agreed who keeps it together"),
    "table_written": _("somebody wrote to their table"),
    "table_rests": _("a table was let to rest"),
    "table_awake": _("a table may write again"),
    "ideas_given_back": _("ideas said at tables joined the harvest"),
    "baton_taken": _("somebody took over conducting the evening"),
    "table_told": _("the conductor wrote to a table"),
    "pulse_counted": _("answers on confidence were added to the sums"),
    "day_after_written": _("the mails of the day after were written"),
    # projects
    "sheet_opened": _("a table began its sheet"),
    "handed_in": _("a table handed in its sheet"),
    "photo_added": _("a sheet was photographed"),
    "entitled": _("a project got its title"),
    "stage_changed": _("a project changed stage"),
    "stage_worded": _("a stage of the projects was worded anew"),
    "stage_added": _("a stage of the projects was added"),
    "stage_placed": _("a stage of the projects was put elsewhere"),
    "stage_retired": _("a stage of the projects was dropped"),
    "stage_taken_back": _("a stage of the projects was taken back"),
    "leader_wanted": _("a project looks for its leader"),
    "leader_found": _("a project found its leader"),
    "leader_left": _("who carried a project handed it over"),
    "leader_search_ended": _("a project no longer looks for a leader"),
    "leader_answered": _("somebody could carry a project, or knows who"),
    "hosting_began": _("an organisation hosts a project"),
    "hosting_ended": _("an organisation no longer hosts a project"),
    "followed": _("somebody follows a project"),
    # commitments
    "promised": _("somebody committed"),
    "accepted": _("a commitment was accepted"),
    "kept": _("a commitment was kept"),
    "released": _("somebody was released from a commitment"),
    "lapsed": _("a commitment lapsed"),
    "given_more_time": _("a commitment got more time"),
    "thanked": _("somebody was thanked"),
    "thanked_openly": _("a project thanked somebody openly"),
    "introduction_asked": _("two people were asked whether they want to be put in touch"),
    "introduction_withdrawn": _("an introduction was taken back"),
    "introduction_made": _("two people were put in touch"),
    # the demonstration
    "example_opened": _("the example was opened"),
    "example_gathered": _("invented ideas were gathered"),
    "example_people_came": _("invented people arrived"),
}
QUIET_OF = {
    "people": (
        "told_address welcomed consented withdrew_consent link_made link_used reach_rewritten "
        "chose_news chose_no_news taken_up"
    ),
    "news": (
        "following_asked following_confirmed following_forgotten chose_how_to_hear digests_began "
        "digests_ended digest_told told_at_once"
    ),
    "finding": "search_asked search_saved search_ended search_told",
    "treasures": (
        "treasures_read treasures_mapped treasures_dropped treasures_asked_in "
        "treasures_began_coming treasures_coming treasures_stop_asked treasures_stopped "
        "keeper_asked"
    ),
    "harvest": (
        "asked_for_groups began_grouping ended_grouping left_groups fates_heard idea_unsupported "
        "ideas_read ideas_mapped ideas_dropped picture_taken_up picture_laid_aside"
    ),
    "challenges": "echo_noted",
    "projects": (
        "sheet_saved sheet_settled group_grew unfollowed leader_reworded leader_answer_replied "
        "leader_answer_taken_back"
    ),
    "choosing": "ballot_begun ballot_continued ballot_cast ballot_withdrawn",
    "exchanges": (
        "day_is_near suggested suggestion_declined thanks_answered introduction_answered "
        "introduction_ended introduction_followed introduction_reminded introduction_reach_gone "
        "introduction_outcome"
    ),
    "support": (
        "looked_after private_room_worded interests_reworded funder_confirmed funder_paused "
        "funder_back budget_line_written budget_line_dropped key_date_set key_date_dropped "
        "room_file_added room_file_removed room_link_opened room_link_forgotten standing_drafted "
        "answer_recalled member_link_sent member_reminded"
    ),
    "evenings": (
        "evening_near table_note_ended idea_marked pitches_ended asked_for_link began_plan_run "
        "ended_plan_run asked_for_plan stopped_plan_run named_plan took_up_plan "
        "settled_suggestion pinned unpinned weighed_mix named_facilitator freed_facilitator "
        "list_read list_mapped list_dropped scene_shown phase_paused phase_resumed minutes_added "
        "message_shown message_ended forgot_access_needs"
    ),
    "portal": "example_moved example_answered example_marked example_forgotten",
}
"""By the room that writes them."""
QUIET = frozenset(verb for verbs in QUIET_OF.values() for verb in verbs.split())
